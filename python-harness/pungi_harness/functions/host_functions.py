"""The functions that a job brings, put where its program finds them."""
from __future__ import annotations

from .. import values
from .check_arguments import Checker
from .encode_arguments import encode_arguments
from .host_error import Errors
from .make_function import arguments_of, make_pair
from .port import Port


class Namespace:
    """Functions of the host under one name."""

    def __init__(self, name: str) -> None:
        self.__name__ = name

    def __repr__(self) -> str:
        return f"<functions of the host: {self.__name__}>"


class HostFunctions:
    def __init__(self, port: Port, orders: list[dict], errors: Errors) -> None:
        self._orders = orders
        self._port = port
        self._errors = errors

    def place(self, namespace: dict) -> None:
        """Over everything that has the same name."""
        for orders in self._orders:
            call, call_async = self._callers(orders)
            pair = make_pair(orders, call, call_async, namespace)
            *path, last = orders["name"].split(".")
            _put(namespace, path, last, pair[0])
            _put(namespace, path, last + "_async", pair[1])

    def _callers(self, orders: dict) -> tuple:
        name, parameters = orders["name"], orders["parameters"]
        checker = Checker(name, orders["schema"])
        port = self._port
        made = 0

        def text_of(values: list, rest: tuple, more: dict) -> str:
            nonlocal made
            arguments = arguments_of(parameters, values, rest, more)
            checker.check(arguments)
            text = encode_arguments(name, arguments, orders["maxArgumentBytes"])
            # The first beyond the limit is refused by the host, so that it is told there; further ones stay here.
            if made > orders["maxCalls"]:
                raise self._errors.make("CallLimitError", f"{name}() may be called at most {orders['maxCalls']} times in a run")
            made += 1
            return text

        def call(values: list, rest: tuple, more: dict) -> object:
            return self._open(port.call(name, text_of(values, rest, more)))

        async def call_async(values: list, rest: tuple, more: dict) -> object:
            return self._open(await port.call_async(name, text_of(values, rest, more)))

        return call, call_async

    def _open(self, text: str) -> object:
        answer = values.decode(text)
        if "error" in answer:
            raise self._errors.make(answer["error"]["name"], answer["error"]["message"])
        return answer["value"]


def _put(namespace: dict, path: list[str], last: str, function: object) -> None:
    members = namespace
    name = ""
    for part in path:
        name = f"{name}.{part}" if name else part
        found = members.get(part)
        if not isinstance(found, Namespace):
            found = members[part] = Namespace(name)
        members = vars(found)
    members[last] = function
