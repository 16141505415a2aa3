/** Ordinary programs: they print the same at every level as in a bare interpreter, byte for byte. */
export const ORDINARY_PROGRAMS: Readonly<Record<string, string>> = {
  'copies of all kinds':
    'import shutil, zipfile\nopen("a.txt", "w").write("1")\nshutil.copy("a.txt", "b.txt")\nshutil.copy2("a.txt", "c.txt")\nz = zipfile.ZipFile("z.zip", "w")\nz.write("a.txt")\nz.close()\nzipfile.ZipFile("z.zip").extractall("out")\nshutil.copytree("out", "again")\nprint(open("c.txt").read(), open("again/a.txt").read())',
  arithmetic: 'print(2 ** 100, 7 // -2, 7 % -2, divmod(-7, 2), 0.1 + 0.2, 1e22, float("nan"))',
  text: 'print("größe".upper(), "a,b,c".split(","), "x".center(9, "*"), f"{3.14159:>10.2f}|{255:#x}|{1e6:,}")',
  unicode:
    'import unicodedata\nprint(unicodedata.normalize("NFD", "é").encode(), unicodedata.name("€"), "ß".casefold())',
  bytes:
    'import struct, binascii\nprint(struct.pack(">IHb", 1, 2, -3), binascii.hexlify(bytes(range(10))), b"a%db" % 5)',
  comprehensions:
    'print([x * y for x in range(3) for y in range(x)], {k: v for k, v in zip("abc", range(3))})',
  generators:
    'def g():\n    got = yield 1\n    print("got", got)\n    yield from range(3)\ni = g()\nprint(next(i), i.send("x"), list(i))',
  classes:
    'class A:\n    def __init__(self, x): self.x = x\n    def __repr__(self): return f"A({self.x})"\n    def __lt__(self, o): return self.x < o.x\nprint(sorted([A(3), A(1), A(2)]), A.__mro__)',
  dataclasses:
    'from dataclasses import dataclass, field, asdict\n@dataclass(order=True)\nclass P:\n    x: int\n    y: list = field(default_factory=list)\nprint(P(1), asdict(P(2, [3])), P(1) < P(2))',
  enums:
    'import enum\nclass C(enum.Flag):\n    R = enum.auto()\n    G = enum.auto()\nprint(C.R | C.G, list(C), C(2).name)',
  exceptions:
    'import sys\ntry:\n    [].pop()\nexcept IndexError as e:\n    print(type(e).__name__, e, sys.exc_info()[1] is e)\nfinally:\n    print("finally")',
  tracebacks:
    'import traceback\ndef f(): raise ValueError("deep")\ntry:\n    f()\nexcept ValueError:\n    print(traceback.format_exc().splitlines()[-1])',
  regex:
    'import re\nprint(re.sub(r"(\\w+) (\\w+)", r"\\2 \\1", "hello world"), re.findall(r"\\d+", "a1b22c333"))',
  json: 'import json\nprint(json.dumps({"b": [1, 2.5, None, True], "a": "ü"}, sort_keys=True, indent=2), json.loads("[1e3]"))',
  csv: 'import csv, io\nb = io.StringIO()\ncsv.writer(b).writerows([["a", "b,c"], [1, "d\\"e"]])\nprint(b.getvalue(), list(csv.DictReader(io.StringIO("x,y\\n1,2"))))',
  collections:
    'from collections import Counter, defaultdict, deque, OrderedDict\nprint(Counter("abracadabra").most_common(3), deque(range(5), maxlen=3), OrderedDict(a=1))',
  itertools:
    'import itertools as it\nprint(list(it.permutations("abc", 2)), list(it.accumulate(range(6))), list(it.chain("ab", "c")))',
  functools:
    'import functools\n@functools.lru_cache\ndef fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\nprint(fib(80), functools.reduce(lambda a, b: a * b, range(1, 10)))',
  decimal:
    'from decimal import Decimal, getcontext\nfrom fractions import Fraction\ngetcontext().prec = 30\nprint(Decimal(1) / 7, Fraction(3, 9) + 1)',
  dates:
    'from datetime import datetime, timedelta, timezone\nd = datetime(2024, 2, 29, 12, tzinfo=timezone.utc)\nprint(d + timedelta(days=365), d.isoformat(), d.strftime("%A %j"), d.timestamp())',
  zones:
    'from datetime import datetime\nfrom zoneinfo import ZoneInfo\nprint(datetime(2024, 7, 1, 12, tzinfo=ZoneInfo("Europe/Berlin")).utcoffset())',
  hashes:
    'import hashlib, zlib, base64\nprint(hashlib.sha256(b"x").hexdigest(), hashlib.md5(b"x").hexdigest(), zlib.crc32(b"x"), base64.b64encode(b"hello"))',
  compression:
    'import zlib, bz2, lzma, gzip\nd = b"abc" * 1000\nprint([c.decompress(c.compress(d)) == d for c in (zlib, bz2, lzma, gzip)])',
  random:
    'import random\nr = random.Random(42)\nprint([r.randint(0, 99) for _ in range(8)], r.choice("abc"), r.random())',
  statistics:
    'import statistics, math\nprint(statistics.mean([1, 2, 4]), statistics.pstdev([1, 2, 4]), math.gcd(12, 18), math.comb(10, 3), math.isqrt(99))',
  files:
    'import pathlib\np = pathlib.Path("notes.txt")\np.write_text("one\\ntwo\\n")\nwith p.open("a") as f: f.write("three\\n")\nprint(p.read_text().split(), p.stat().st_size, p.suffix)',
  temporary:
    'import tempfile, os\nwith tempfile.TemporaryDirectory() as d:\n    n = os.path.join(d, "x")\n    open(n, "w").write("y")\n    print(os.listdir(d), open(n).read())',
  copies:
    'import shutil, os\nopen("a", "w").write("x")\nshutil.copyfile("a", "b")\nos.makedirs("d/e", exist_ok=True)\nshutil.move("b", "d/e/c")\nprint(open("d/e/c").read(), sorted(os.listdir("d")))',
  sqlite:
    'import sqlite3\nc = sqlite3.connect("t.db")\nc.execute("create table t (a, b)")\nc.executemany("insert into t values (?, ?)", [(1, "x"), (2, "y")])\nc.commit()\nprint(c.execute("select sum(a), group_concat(b) from t").fetchall())',
  archives:
    'import zipfile, io\nb = io.BytesIO()\nwith zipfile.ZipFile(b, "w") as z: z.writestr("a/b.txt", "hi")\nprint(zipfile.ZipFile(b).namelist(), zipfile.ZipFile(b).read("a/b.txt"))',
  threads:
    'import threading, queue\nq = queue.Queue()\nt = [threading.Thread(target=lambda n=n: q.put(n * n)) for n in range(4)]\n[x.start() for x in t]\n[x.join() for x in t]\nprint(sorted(q.queue))',
  executor:
    'from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(3) as e: print(list(e.map(lambda x: x + 1, range(5))))',
  asyncio:
    'import asyncio\nasync def f(n):\n    await asyncio.sleep(0.001 * n)\n    return n\nasync def main():\n    print(await asyncio.gather(*(f(n) for n in (3, 1, 2))))\nasyncio.run(main())',
  xml: 'import xml.etree.ElementTree as ET\nr = ET.fromstring("<a x=\\"1\\"><b>t</b></a>")\nprint(r.attrib, r.find("b").text, ET.tostring(r))',
  introspection:
    'import inspect, ast, dis, io\ndef f(a, *, b=2): return a + b\nprint(inspect.signature(f), ast.dump(ast.parse("x + 1")), f.__code__.co_varnames)',
  eval: 'exec("y = 5")\nprint(eval("y + 1"), (lambda: globals()["y"])())',
  bignumbers: 'n = 3 ** 2000\nprint(len(str(n)), n % 1000007, pow(3, 2000, 1000007), hex(n)[:20])',
  sorting:
    'import heapq, bisect\nh = [5, 1, 4]\nheapq.heapify(h)\nprint([heapq.heappop(h) for _ in range(3)], bisect.bisect([1, 3, 5], 4), sorted("bca", reverse=True))',
  environment:
    'import os\nprint(os.sep, os.path.join("a", "b"), os.path.normpath("a/../b"), sys.byteorder if (sys := __import__("sys")) else 0)',
  pickle:
    'import pickle, copy\nclass A: pass\na = A()\na.x = [1, {2: 3}]\nprint(pickle.loads(pickle.dumps(a)).x, copy.deepcopy(a).x)',
  stderr: 'import sys\nprint("out")\nprint("err", file=sys.stderr)\nsys.stdout.write("no newline")',
};
