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

from pungi_harness import bundle

HARNESS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
START = """
import marshal, sys
modules = marshal.loads(sys.stdin.buffer.read())
start = {'__name__': 'pungi_harness.bundle'}
exec(marshal.loads(modules['pungi_harness.bundle'][2]), start)
start['install'](modules)
"""


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
        modules = marshal.loads(bundle.pack(HARNESS, ""))
        self.assertEqual(set(modules), expected)
        packages = {name for name, (is_package, _, _) in modules.items() if is_package}
        self.assertEqual(packages, {"pungi_harness", "pungi_harness.jail", "pungi_harness.policy"})

    def test_it_is_kept_and_taken_from_the_cache(self) -> None:
        block = bundle.pack(HARNESS, self.cache)
        (place,) = self.kept()
        self.assertRegex(os.path.basename(place), r"^harness-[0-9a-f]{32}\.bundle$")
        with open(place, "rb") as file:
            self.assertEqual(file.read(), block)
        with open(place, "wb") as file:
            file.write(b"from the cache")
        self.assertEqual(bundle.pack(HARNESS, self.cache), b"from the cache")
        self.assertEqual(self.kept(), [place])

    def test_other_sources_have_another_name(self) -> None:
        source = tempfile.TemporaryDirectory(prefix="pungi-sources-")
        self.addCleanup(source.cleanup)
        package = os.path.join(source.name, "pungi_harness")
        os.mkdir(package)
        for text in ("x = 1", "x = 2", "x = 1"):
            with open(os.path.join(package, "__init__.py"), "w", encoding="ascii") as file:
                file.write(text)
            modules = marshal.loads(bundle.pack(source.name, self.cache))
            namespace: dict = {}
            exec(marshal.loads(modules["pungi_harness"][2]), namespace)
            self.assertEqual(f"x = {namespace['x']}", text)
        self.assertEqual(len(self.kept()), 2)

    def test_a_cache_that_cannot_be_used_is_done_without(self) -> None:
        file = os.path.join(self.cache, "file")
        with open(file, "wb"):
            pass
        block = bundle.pack(HARNESS, "")
        for cache in (os.path.join(self.cache, "absent"), file, "/proc/self", "/dev/null"):
            with self.subTest(cache=cache):
                self.assertEqual(bundle.pack(HARNESS, cache), block)
        self.assertEqual(self.kept(), [file])

    @unittest.skipIf(os.getuid() == 0, "root may write everywhere")
    def test_a_cache_without_rights_is_done_without(self) -> None:
        self.addCleanup(os.chmod, self.cache, stat.S_IRWXU)
        for mode in (0o500, 0o000):
            with self.subTest(mode=mode):
                os.chmod(self.cache, mode)
                self.assertEqual(bundle.pack(HARNESS, self.cache), bundle.pack(HARNESS, ""))


class Install(unittest.TestCase):
    block = b""

    @classmethod
    def setUpClass(cls) -> None:
        cls.block = bundle.pack(HARNESS, "")

    def fresh(self, code: str) -> Any:
        """What `answer` is in a bare interpreter that has the harness from the block alone."""
        command = [sys.executable, "-I", "-S", "-B", "-W", "error", "-X", "dev", "-c", f"{START}{code}\nimport json\nprint(json.dumps(answer))"]
        ended = subprocess.run(command, input=self.block, capture_output=True, check=False, timeout=30, cwd="/", env={})
        self.assertEqual((ended.returncode, ended.stderr.decode()), (0, ""))
        return json.loads(ended.stdout)

    def test_every_module_can_be_imported(self) -> None:
        code = "for name in sorted(modules): __import__(name)\nanswer = sorted(name for name in sys.modules if name.startswith('pungi'))"
        self.assertEqual(self.fresh(code), sorted(marshal.loads(self.block)))

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


if __name__ == "__main__":
    unittest.main()
