"""The harness packed into one block of bytecode, and used from it."""
from __future__ import annotations

import json
import marshal
import os
import stat
import subprocess
import sys
import tempfile
import unittest
from typing import Any

from pungi_harness import probe_bundle

HARNESS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
START = """
import marshal, sys
block = memoryview(sys.stdin.buffer.read())
start = {'__name__': 'pungi_harness.bundle'}
exec(marshal.loads(block), start)
start['install'](block)
"""


def index_of(block: bytes) -> Any:
    return marshal.loads(block[int.from_bytes(block[-4:], "big") :])


def code_of(block: bytes, name: str) -> Any:
    begin, end = index_of(block)[name][2:4]
    return marshal.loads(block[begin:end])


class Pack(unittest.TestCase):
    def setUp(self) -> None:
        place = tempfile.TemporaryDirectory(prefix="pungi-bundle-")
        self.addCleanup(place.cleanup)
        self.cache = place.name

    def kept(self) -> list[str]:
        return [os.path.join(self.cache, name) for name in os.listdir(self.cache)]

    def test_it_holds_every_module_but_the_probe(self) -> None:
        expected = set()
        for folder, _, files in os.walk(os.path.join(HARNESS, "pungi_harness")):
            for file in files:
                if file.endswith(".py") and not file.startswith("probe"):
                    name = os.path.relpath(os.path.join(folder, file), HARNESS)[:-3].replace(os.sep, ".")
                    expected.add(name[: -len(".__init__")] if name.endswith(".__init__") else name)
        modules = index_of(probe_bundle.pack(HARNESS, ""))
        self.assertEqual(set(modules), expected)
        packages = {name for name, facts in modules.items() if facts[0]}
        self.assertEqual(packages, {"pungi_harness", *(f"pungi_harness.{name}" for name in ("display", "functions", "jail", "policy"))})

    def test_it_is_kept_and_taken_from_the_cache(self) -> None:
        block = probe_bundle.pack(HARNESS, self.cache)
        (place,) = self.kept()
        self.assertRegex(os.path.basename(place), r"^harness-[0-9a-f]{32}\.bundle$")
        with open(place, "rb") as file:
            self.assertEqual(file.read(), block)
        with open(place, "wb") as file:
            file.write(b"from the cache")
        self.assertEqual(probe_bundle.pack(HARNESS, self.cache), b"from the cache")
        self.assertEqual(self.kept(), [place])

    def test_other_sources_have_another_name(self) -> None:
        source = tempfile.TemporaryDirectory(prefix="pungi-sources-")
        self.addCleanup(source.cleanup)
        package = os.path.join(source.name, "pungi_harness")
        os.mkdir(package)
        for text in ("x = 1", "x = 2", "x = 1"):
            with open(os.path.join(package, "__init__.py"), "w", encoding="ascii") as file:
                file.write(text)
            namespace: dict = {}
            exec(code_of(probe_bundle.pack(source.name, self.cache), "pungi_harness"), namespace)
            self.assertEqual(f"x = {namespace['x']}", text)
        self.assertEqual(len(self.kept()), 2)

    def test_a_cache_that_cannot_be_used_is_done_without(self) -> None:
        file = os.path.join(self.cache, "file")
        with open(file, "wb"):
            pass
        block = probe_bundle.pack(HARNESS, "")
        for cache in (os.path.join(self.cache, "absent"), file, "/proc/self", "/dev/null"):
            with self.subTest(cache=cache):
                self.assertEqual(probe_bundle.pack(HARNESS, cache), block)
        self.assertEqual(self.kept(), [file])

    @unittest.skipIf(os.getuid() == 0, "root may write everywhere")
    def test_a_cache_without_rights_is_done_without(self) -> None:
        self.addCleanup(os.chmod, self.cache, stat.S_IRWXU)
        for mode in (0o500, 0o000):
            with self.subTest(mode=mode):
                os.chmod(self.cache, mode)
                self.assertEqual(probe_bundle.pack(HARNESS, self.cache), probe_bundle.pack(HARNESS, ""))


class Install(unittest.TestCase):
    block = b""

    @classmethod
    def setUpClass(cls) -> None:
        cls.block = probe_bundle.pack(HARNESS, "")

    def fresh(self, code: str) -> Any:
        """What `answer` is in a bare interpreter that has the harness from the block alone."""
        command = [sys.executable, "-I", "-S", "-B", "-W", "error", "-X", "dev", "-c", f"{START}{code}\nimport json\nprint(json.dumps(answer))"]
        ended = subprocess.run(command, input=self.block, capture_output=True, check=False, timeout=30, cwd="/", env={})
        self.assertEqual((ended.returncode, ended.stderr.decode()), (0, ""))
        return json.loads(ended.stdout)

    def test_every_module_can_be_imported(self) -> None:
        code = "for name in sorted(start['_loads'](block[int.from_bytes(block[-4:], 'big'):])): __import__(name)\nanswer = sorted(name for name in sys.modules if name.startswith('pungi'))"
        self.assertEqual(self.fresh(code), sorted(index_of(self.block)))

    def test_a_module_from_the_block(self) -> None:
        code = """
from pungi_harness import protocol
from pungi_harness.jail.failure import JailFailure
frame = protocol.frame(2, 1, b'abc')
answer = [protocol.FrameReader({2: 3}).feed(frame)[0][:2], protocol.__spec__.origin, hasattr(protocol, '__file__'),
          protocol.__package__, protocol.__doc__, protocol.frame.__code__.co_filename, JailFailure('a', 'b').as_data()]
"""
        origin = os.path.join(HARNESS, "pungi_harness", "protocol.py")
        failure = {"layer": "a", "message": "b", "hint": ""}
        expected = [[2, 1], origin, False, "pungi_harness", None, "<pungi_harness.protocol>", failure]
        self.assertEqual(self.fresh(code), expected)

    def test_what_is_not_in_the_block_is_not_found_or_found_by_others(self) -> None:
        code = """
import colorsys
answer = [colorsys.__file__.endswith('colorsys.py')]
for name in ('pungi_harness.probe', 'pungi_harness.absent', 'tests'):
    try:
        __import__(name)
    except ModuleNotFoundError as error:
        answer.append(str(error))
"""
        absent = ["pungi_harness.probe", "pungi_harness.absent", "tests"]
        self.assertEqual(self.fresh(code), [True, *(f"No module named '{name}'" for name in absent)])


class Order(unittest.TestCase):
    """What the index says of modules made of these sources."""

    def order(self, name: str, **sources: str) -> list[str]:
        place = tempfile.TemporaryDirectory(prefix="pungi-sources-")
        self.addCleanup(place.cleanup)
        for path, text in {"__init__": "", "inner/__init__": "", **sources}.items():
            file = os.path.join(place.name, "pungi_harness", f"{path}.py")
            os.makedirs(os.path.dirname(file), exist_ok=True)
            with open(file, "w", encoding="ascii") as source:
                source.write(text)
        return list(index_of(probe_bundle.pack(place.name, ""))[name][4])

    def test_what_is_imported_comes_after_what_that_imports(self) -> None:
        sources = {
            "a": "import os\nfrom . import b, c\nfrom .inner import d\nfrom .inner.e import name\n",
            "b": "from .c import name\n",
            "c": "name = 1\n",
            "inner/d": "from .. import b\nfrom . import e\n",
            "inner/e": "from __future__ import annotations\nname = 1\n",
        }
        prefix = "pungi_harness"
        expected = [prefix, f"{prefix}.c", f"{prefix}.b", f"{prefix}.inner", f"{prefix}.inner.e", f"{prefix}.inner.d"]
        self.assertEqual(self.order("pungi_harness.a", **sources), expected)

    def test_what_is_imported_later_or_only_for_types_is_not_named(self) -> None:
        sources = {
            "a": "TYPE_CHECKING = False\nif TYPE_CHECKING:\n    from . import b\ndef late():\n    from . import b\n",
            "b": "",
        }
        self.assertEqual(self.order("pungi_harness.a", **sources), ["pungi_harness"])

    def test_a_late_module_stands_for_all_that_it_needs(self) -> None:
        sources = {"a": "from . import report\n", "report": "from . import suggest\n", "suggest": ""}
        self.assertEqual(self.order("pungi_harness.a", **sources), ["pungi_harness", "pungi_harness.report"])
        self.assertEqual(self.order("pungi_harness.report", **sources), ["pungi_harness", "pungi_harness.suggest"])


class Late(unittest.TestCase):
    def fresh(self, code: str) -> Any:
        return Install.fresh(Install(), code)

    @classmethod
    def setUpClass(cls) -> None:
        Install.setUpClass()

    def test_what_the_zygote_needs_is_not_loaded_before_its_fork(self) -> None:
        code = """
import pungi_harness.supervisor
answer = [type(sys.modules['pungi_harness.worker']).__name__]
answer += [name in sys.modules for name in ('pungi_harness.execute', 'pungi_harness.loop', '_ast', '__future__')]
"""
        self.assertEqual(self.fresh(code), ["_LateModule", False, False, False, False])

    def test_a_worker_that_serves_one_run_has_no_reporter_until_it_errs(self) -> None:
        code = """
from pungi_harness.execute import report, values
kinds = lambda: [type(sys.modules.get('pungi_harness.' + name)).__name__ for name in ('report', 'value_walk', 'value_types')]
answer = [kinds(), 'pungi_harness.suggest' in sys.modules, hasattr(report, '__file__'), kinds()]
answer += [values.encode({'a': [1]}, 100).text, kinds(), report.undescribed(ValueError)['type'], kinds()]
answer += [report.describe.__module__, 'pungi_harness.suggest' in sys.modules]
"""
        late, made = "_LateModule", "module"
        before = [late, late, "NoneType"]
        expected = [before, False, False, before, '{"a":[1]}', [late, made, late], "ValueError", [made, made, late]]
        self.assertEqual(self.fresh(code), [*expected, "pungi_harness.report", True])

    def test_what_fails_half_way_is_tried_again(self) -> None:
        code = """
from pungi_harness.execute import report
run = start['_Finder']._run
def broken(self, name, names):
    run(self, name, names)
    if name == 'pungi_harness.report':
        raise KeyboardInterrupt
start['_Finder']._run = broken
answer = []
try:
    report.describe
except KeyboardInterrupt:
    answer.append('describe' in vars(report))
start['_Finder']._run = run
answer.append(report.describe.__name__)
"""
        self.assertEqual(self.fresh(code), [False, "describe"])

    def test_it_has_room_where_a_program_filled_its_memory(self) -> None:
        code = """
import resource
import pungi_harness.supervisor
report = sys.modules['pungi_harness.worker'].execute.report
resource.setrlimit(resource.RLIMIT_DATA, (48 << 20, 48 << 20))
kept = None
size = 1 << 20
while size > 64:
    try:
        kept = [bytes(size), kept]
    except MemoryError:
        size //= 2
answer = report.undescribed(MemoryError)['type']
kept = None
"""
        self.assertEqual(self.fresh(code), "MemoryError")

    def test_a_zygote_that_serves_many_loads_all_that_its_workers_may_need(self) -> None:
        code = """
import pungi_harness.supervisor
from pungi_harness import worker, preloads
worker.Prepared
answer = sorted(name for name in start['LATE'] if type(sys.modules.get(name)) is not type(sys))
"""
        # The worker has no use for that one: it is the supervisor's.
        self.assertEqual(self.fresh(code), ["pungi_harness.workdir"])


if __name__ == "__main__":
    unittest.main()
