"""Functions of the host on the side of the worker."""

from __future__ import annotations

import asyncio
import inspect
import os
import socket
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from pungi_harness import protocol, wire_json
from pungi_harness.display.outbox import Outbox
from pungi_harness.functions.check_arguments import Checker
from pungi_harness.functions.encode_arguments import encode_arguments
from pungi_harness.functions.host_error import Errors, HostError
from pungi_harness.functions.host_error import Errors
from pungi_harness.functions.host_functions import HostFunctions
from pungi_harness.functions.port import Port
from pungi_harness.host_time import HostTime


def parameter(name: str, kind: str = "plain", required: bool = True, **more: object) -> dict:
    return {"name": name, "type": "Any", "kind": kind, "required": required, **more}


def orders(name: str, *parameters: dict, schema: dict | None = None) -> dict:
    return {
        "name": name,
        "doc": "Words.",
        "returns": "Any",
        "parameters": list(parameters),
        "schema": schema or {"type": "object"},
        "maxCalls": 10_000,
        "maxArgumentBytes": 1000,
    }


class Host:
    """The other end of a line: answers each call by what `answer` makes of it, in pieces of one byte."""

    def __init__(self, answer) -> None:
        self.line, self._theirs = socket.socketpair()
        self._answer = answer
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        reader = protocol.FrameReader({protocol.CALL: 1 << 20})
        held = []
        while data := self._theirs.recv(1 << 16):
            for _, _, payload in reader.feed(data):
                call = wire_json.loads(payload.decode())
                held.append((call["id"], self._answer(call)))
            # Backwards, so that answers do not come in the order of the calls.
            while held:
                self._send(*held.pop())

    def _send(self, number: int, text: str) -> None:
        pieces = [text[index : index + 7] for index in range(0, len(text), 7)]
        for index, piece in enumerate(pieces):
            flags = (1 if index == 0 else 0) | (2 if index == len(pieces) - 1 else 0)
            self._theirs.sendall(protocol.frame(protocol.ANSWER, 0, number.to_bytes(4, "big") + bytes((flags,)) + piece.encode()))

    def close(self) -> None:
        self.line.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self.line.close()
        self._theirs.close()


class Functions(unittest.TestCase):
    def place(self, answer, *functions: dict) -> dict:
        host = Host(answer)
        self.addCleanup(host.close)
        namespace: dict = {"__name__": "__main__"}
        self.outbox = Outbox(host.line)
        port = Port(host.line)
        port.begin(self.outbox)
        HostFunctions(port, list(functions), Errors()).place(namespace)
        return namespace

    def echo(self, call: dict) -> str:
        return wire_json.dumps({"value": call["arguments"]})

    def test_arguments_go_by_name(self) -> None:
        names = self.place(
            self.echo,
            orders("f", parameter("a"), parameter("b", required=False), parameter("c", required=False, default=3)),
            orders("g", parameter("a"), parameter("rest", "rest"), parameter("more", "more")),
            orders("db.deep.h"),
        )
        self.assertEqual(names["f"](1), {"a": 1, "c": 3})
        self.assertEqual(names["f"](1, b=None, c=None), {"a": 1})
        self.assertEqual(names["f"](b=2, a=1), {"a": 1, "b": 2, "c": 3})
        self.assertEqual(names["g"](1, 2, 3, **{"class": 4}), {"a": 1, "rest": [2, 3], "class": 4})
        self.assertEqual(names["db"].deep.h(), {})
        self.assertEqual(str(inspect.signature(names["f"])), "(a: 'Any', b: 'Any' = None, c: 'Any' = 3) -> 'Any'")
        self.assertEqual(names["db"].deep.h_async.__qualname__, "db.deep.h_async")
        self.assertEqual((names["f"].__doc__, names["f"].__module__), ("Words.", "__main__"))

    def test_threads_and_loops_get_their_own_answers(self) -> None:
        names = self.place(self.echo, orders("f", parameter("a")))
        wrong = []

        def work(number: int) -> None:
            for index in range(40):
                if names["f"]([number, index]) != {"a": [number, index]}:
                    wrong.append((number, index))

        async def tasks() -> None:
            answers = await asyncio.gather(*[names["f_async"](index) for index in range(40)])
            wrong.extend(answer for index, answer in enumerate(answers) if answer != {"a": index})

        workers = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        workers += [threading.Thread(target=lambda: asyncio.run(tasks())) for _ in range(2)]
        for each in workers:
            each.start()
        for each in workers:
            each.join()
        self.assertEqual(wrong, [])

    def test_an_error_is_of_a_class_named_after_it(self) -> None:
        answer = wire_json.dumps({"error": {"name": "RateLimitError", "message": "slow down"}})
        names = self.place(lambda call: answer, orders("f"))
        with self.assertRaises(HostError) as caught:
            names["f"]()
        self.assertEqual((type(caught.exception).__name__, str(caught.exception)), ("RateLimitError", "slow down"))

    def test_nothing_is_sent_when_the_run_is_over(self) -> None:
        names = self.place(self.echo, orders("f"))
        self.outbox.close()
        with self.assertRaises(RuntimeError) as caught:
            names["f"]()
        self.assertEqual(str(caught.exception), "f() cannot be called from a forked process or when the run is over")


class TestErrors(unittest.TestCase):
    def test_names_of_python_are_caught_by_python(self) -> None:
        errors = Errors()
        for name, own in (("KeyError", KeyError), ("OSError", OSError), ("TimeoutError", TimeoutError)):
            error = errors.make(name, "words")
            self.assertIsInstance(error, own)
            self.assertEqual(str(error), "words")
        self.assertIs(type(errors.make("Odd", "a")), type(errors.make("Odd", "b")))
        self.assertNotIsInstance(errors.make("StopIteration", "a"), StopIteration)


class TestChecker(unittest.TestCase):
    def assert_refused(self, schema: object, value: object, expected: str) -> None:
        with self.assertRaises((TypeError, ValueError)) as caught:
            Checker("f", {"properties": {"a": schema}, "$defs": {"S": {"type": "string"}}}).check({"a": value})
        self.assertEqual(f"{type(caught.exception).__name__}: {caught.exception}", expected)

    def test_what_is_wrong_is_told(self) -> None:
        for schema, value, expected in (
            ({"type": "string"}, 1, "TypeError: f(): argument 'a' must be str, not int"),
            ({"type": "integer"}, True, "TypeError: f(): argument 'a' must be int, not bool"),
            ({"type": "integer"}, 1.5, "TypeError: f(): argument 'a' must be int, not float"),
            ({"type": ["string", "null"]}, 1, "TypeError: f(): argument 'a' must be str or None, not int"),
            ({"enum": ["x", 1]}, True, "ValueError: f(): argument 'a' must be one of ['x', 1], not True"),
            ({"const": 1}, 2, "ValueError: f(): argument 'a' must be 1, not 2"),
            ({"exclusiveMinimum": 1}, 1, "ValueError: f(): argument 'a' must be more than 1, not 1"),
            ({"maxLength": 1}, "ab", "ValueError: f(): argument 'a' must have at most 1 characters, not 2"),
            ({"items": {"type": "integer"}}, [1, "x"], "TypeError: f(): argument 'a'[1] must be int, not str"),
            ({"minItems": 2}, [1], "ValueError: f(): argument 'a' must have at least 2 items, not 1"),
            ({"prefixItems": [{"type": "string"}]}, (1,), "TypeError: f(): argument 'a'[0] must be str, not int"),
            ({"required": ["x"]}, {}, "TypeError: f(): argument 'a' misses the key 'x'"),
            ({"additionalProperties": False}, {"x": 1}, "TypeError: f(): argument 'a' has the unknown key 'x'"),
            ({"properties": {"x": {"$ref": "#/$defs/S"}}}, {"x": 1}, "TypeError: f(): argument 'a'['x'] must be str, not int"),
            ({"anyOf": [{"type": "string"}, {"type": "null"}]}, 1, "TypeError: f(): argument 'a' must be one of str, None, not int"),
            ({"anyOf": [{"type": "string"}, {"type": "integer", "maximum": 3}]}, 4, "ValueError: f(): argument 'a' must be at most 3, not 4"),
            (False, 1, "TypeError: f() got an unexpected keyword argument 'a'"),
        ):
            with self.subTest(expected):
                self.assert_refused(schema, value, expected)

    def test_what_only_the_host_can_tell_is_let_through(self) -> None:
        for schema, value in (
            ({"type": "string"}, b"x"),
            ({"type": "integer"}, 2.0),
            ({"$ref": "#/nowhere"}, 1),
            ({"not": {}}, 1),
            (True, object()),
        ):
            Checker("f", {"properties": {"a": schema}}).check({"a": value})


class TestEncoding(unittest.TestCase):
    def test_small_and_large(self) -> None:
        self.assertEqual(encode_arguments("f", {"a": 1, "b": "é", "c": None}, 100), '{"a":1,"b":"\\u00e9","c":null}')
        self.assertEqual(encode_arguments("f", {"a": 1 << 60}, 100), '{"a":{"$pungi":"int","value":"1152921504606846976"}}')
        self.assertEqual(encode_arguments("f", {"$pungi": 1}, 100), '{"$pungi":"dict","value":[["$pungi",1]]}')
        loop: list = []
        loop.append(loop)
        for value, expected in (
            (object(), "TypeError: f(): arguments.a: object cannot travel"),
            (loop, "TypeError: f(): arguments.a[0]: a cycle: it holds itself"),
            ("x" * 200, "ValueError: f(): the arguments have 208 bytes as JSON, more than the 100 allowed"),
            ([[0]] * 90, "ValueError: f(): the arguments have at least 185 bytes as JSON, more than the 100 allowed"),
        ):
            with self.subTest(expected), self.assertRaises((TypeError, ValueError)) as caught:
                encode_arguments("f", {"a": value}, 100)
            self.assertEqual(f"{type(caught.exception).__name__}: {caught.exception}", expected)


class TestHostTime(unittest.TestCase):
    def test_stands_for_the_time_of_the_host_less_what_was_computed(self) -> None:
        class Worker:
            cpu = 0.0

            def cpu_ms(self) -> float:
                return self.cpu

        worker = Worker()
        clock = HostTime()
        clock.begin(1.0, worker)  # type: ignore[arg-type]
        clock.begin(2.0, worker)  # type: ignore[arg-type]
        worker.cpu = 250.0
        clock.end(3.0, worker)  # type: ignore[arg-type]
        self.assertEqual((clock.total, clock.seconds(4.0, worker)), (0.0, 2.75))  # type: ignore[arg-type]
        clock.end(5.0, worker)  # type: ignore[arg-type]
        self.assertEqual((clock.is_running, clock.total, clock.seconds(9.0, worker)), (False, 3.75, 3.75))  # type: ignore[arg-type]
        clock.begin(10.0, worker)  # type: ignore[arg-type]
        worker.cpu = 5000.0
        self.assertEqual(clock.seconds(11.0, worker), 3.75)  # type: ignore[arg-type]


if __name__ == "__main__":
    unittest.main()
