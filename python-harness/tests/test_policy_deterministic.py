"""deterministic and clock, each in an interpreter of its own: both change modules that everybody uses."""
from __future__ import annotations

import os
import subprocess
import sys
import unittest

HARNESS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def told(code: str, seed: int | None = 7, clock: dict | None = None, before: str = "", first: str = "") -> str:
    """What the code prints after `install` and `begin`; `before` runs between the two, as preloads do."""
    program = f"""
{first}
import sys
sys.path.insert(0, {HARNESS!r})
from pungi_harness.policy import deterministic
repeatable = deterministic.install({{"seed": {seed!r}, "clock": {clock!r}}})
{before}
if repeatable is not None:
    repeatable.begin()
{code}
"""
    environment = {"PYTHONHASHSEED": "0", "TZ": "UTC"}
    return subprocess.run(
        [sys.executable, "-S", "-W", "error", "-c", program], env=environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


DRAWS = """
import random, os, uuid, secrets
print(random.random(), random.Random().random(), random.SystemRandom().random())
print(os.urandom(5), secrets.token_hex(4), uuid.uuid4(), os.getrandom(3))
random.seed(); print(random.random())
"""


class Chance(unittest.TestCase):
    def test_the_same_twice_and_another_with_another_seed(self) -> None:
        first = told(DRAWS)
        self.assertEqual(told(DRAWS), first)
        self.assertNotEqual(told(DRAWS, seed=8), first)
        self.assertNotEqual(told(DRAWS, seed=None), told(DRAWS, seed=None))

    def test_what_was_imported_or_drawn_before_does_not_count(self) -> None:
        first = told(DRAWS)
        for before in ("import random, uuid, secrets", "import tempfile", "import os, random; os.urandom(9); random.random()"):
            with self.subTest(before=before):
                self.assertEqual(told(DRAWS, before=before), first)

    def test_random_begins_as_with_its_seed(self) -> None:
        self.assertEqual(told("import random\na = random.random()\nrandom.seed(7)\nprint(a == random.random())"), "True\n")

    def test_a_seed_of_the_program_counts(self) -> None:
        code = "import random\nprint(random.Random(3).random(), random.Random('x').random())"
        self.assertEqual(told(code), told(code, seed=None))

    def test_states_and_copies_work(self) -> None:
        code = """
import random, pickle, copy
r = random.Random(1); s = pickle.loads(pickle.dumps(r)); t = copy.deepcopy(r)
class Mine(random.Random):
    def __init__(self): super().__init__(9)
print(r.random() == s.random() == t.random(), Mine().random() == random.Random(9).random(), isinstance(r, random.Random))
"""
        self.assertEqual(told(code), "True True True\n")

    def test_openssl(self) -> None:
        code = "import ssl\nprint(ssl.RAND_bytes(5))"
        self.assertEqual(told(code), told(code, before="import ssl"))
        self.assertNotEqual(told(code, seed=None), told(code, seed=None))

    def test_sizes(self) -> None:
        code = "import os\nprint(os.urandom(0), len(os.urandom(3)))\ntry: os.urandom(-1)\nexcept ValueError as e: print(e)"
        self.assertEqual(told(code), "b'' 3\nnegative argument not allowed\n")

    def test_uuid1_has_a_node_of_its_own_and_starts_no_process(self) -> None:
        code = "import uuid\nprint(hex(uuid.getnode()), uuid.uuid1().node == uuid.getnode(), uuid.uuid1().version)"
        self.assertEqual(told(code), "0x30000000007 True 1\n")

    def test_loaders_look_as_ever(self) -> None:
        self.assertEqual(told("import random\nprint(type(random.__loader__).__name__)"), told("import random\nprint(type(random.__loader__).__name__)", seed=None))


    def test_refuses_to_come_too_late(self) -> None:
        code = "import random\ntry: deterministic.install({'seed': 1, 'clock': None})\nexcept RuntimeError as e: print(e)"
        self.assertEqual(told(code, seed=None), "random was imported before its seed was known\n")


class Directories(unittest.TestCase):
    def test_come_sorted(self) -> None:
        code = """
import os, tempfile, pathlib, glob, shutil
with tempfile.TemporaryDirectory() as place:
    for name in "qbzamk": pathlib.Path(place, name).touch()
    names = sorted("qbzamk")
    print(os.listdir(place) == names, [e.name for e in os.scandir(place)] == names, next(os.walk(place))[2] == names)
    print([p.name for p in pathlib.Path(place).iterdir()] == names, [os.path.basename(p) for p in glob.glob(place + "/*")] == names)
    descriptor = os.open(place, os.O_RDONLY)
    print(os.listdir(descriptor) == names, os.listdir(os.fsencode(place))[0], next(os.fwalk(place))[2] == names)
    with os.scandir(place) as entries: print(next(entries).name)
    os.close(descriptor)
    shutil.copytree(place, place + "/copy"); shutil.rmtree(place + "/copy")
print(os.listdir in os.supports_fd, os.scandir in os.supports_fd, os.listdir.__name__)
"""
        self.assertEqual(told(code), "True True True\nTrue True\nTrue b'a' True\na\nTrue True listdir\n")


class Clock(unittest.TestCase):
    FROZEN = {"kind": "frozen", "epochMs": 981173106500}

    def test_frozen(self) -> None:
        code = """
import time, datetime
d = datetime.datetime
print(time.time(), time.time_ns(), time.gmtime().tm_year, time.localtime().tm_hour, time.clock_gettime(time.CLOCK_REALTIME))
print(time.ctime(), time.asctime(), time.strftime("%Y"), time.gmtime(0).tm_year, time.strftime("%Y", time.gmtime(0)))
print(d.now(), d.now(datetime.timezone.utc), d.today(), datetime.date.today(), d.utcnow())
class Mine(d): pass
print(type(Mine.now()).__name__, isinstance(d.now(), d), d(2026, 1, 2).isoformat(), time.time() == time.time())
"""
        self.assertEqual(
            told(code, clock=self.FROZEN),
            "981173106.5 981173106500000000 2001 4 981173106.5\n"
            "Sat Feb  3 04:05:06 2001 Sat Feb  3 04:05:06 2001 2001 1970 1970\n"
            "2001-02-03 04:05:06.500000 2001-02-03 04:05:06.500000+00:00 2001-02-03 04:05:06.500000 2001-02-03 "
            "2001-02-03 04:05:06.500000\n"
            "Mine True 2026-01-02T00:00:00 True\n",
        )

    def test_datetime_imported_before(self) -> None:
        code = "import datetime\nprint(datetime.date.today())"
        self.assertEqual(told(code, seed=None, clock=self.FROZEN, before="import datetime; datetime.datetime.now()"), "2001-02-03\n")

    def test_functions_are_like_those_of_c(self) -> None:
        code = """
import os, time, pickle
class Timer: now = time.time; names = os.listdir; bytes = os.urandom
print(Timer().now(), type(Timer().names("/")).__name__, len(Timer().bytes(2)), repr(time.time))
print(all(pickle.loads(pickle.dumps(f)) is f for f in (time.time, os.urandom, os.listdir, os.scandir)))
"""
        self.assertEqual(told(code, clock=self.FROZEN), "981173106.5 list 2 <built-in function time>\nTrue\n")

    def test_datetime_used_before(self) -> None:
        first = "import datetime\nfor _ in range(9): datetime.datetime.now(); datetime.date.today()"
        code = "print(datetime.date.today(), datetime.datetime.now())"
        self.assertEqual(told(code, clock=self.FROZEN, first=first), "2001-02-03 2001-02-03 04:05:06.500000\n")

    def test_spans_go_on(self) -> None:
        code = "import time\na = time.monotonic(), time.perf_counter()\ntime.sleep(0.01)\nprint(time.monotonic() > a[0], time.perf_counter() > a[1])"
        self.assertEqual(told(code, clock=self.FROZEN), "True True\n")

    def test_offset(self) -> None:
        moved = told("import time\nprint(time.time())", clock={"kind": "offset", "offsetMs": -3600000})
        real = told("import time\nprint(time.time())", seed=None)
        self.assertAlmostEqual(float(real) - float(moved), 3600, delta=20)
