/** A few ordinary programs for every engine and level; `test/compat` holds the many, on one engine. */
export const ORDINARY_PROGRAMS: Readonly<Record<string, string>> = {
  'copies of all kinds':
    'import shutil, zipfile\nopen("a.txt", "w").write("1")\nshutil.copy("a.txt", "b.txt")\nshutil.copy2("a.txt", "c.txt")\nz = zipfile.ZipFile("z.zip", "w")\nz.write("a.txt")\nz.close()\nzipfile.ZipFile("z.zip").extractall("out")\nshutil.copytree("out", "again")\nprint(open("c.txt").read(), open("again/a.txt").read())',
  text: 'print("größe".upper(), "a,b,c".split(","), "x".center(9, "*"), f"{3.14159:>10.2f}|{255:#x}|{1e6:,}")',
  tracebacks:
    'import traceback\ndef f(): raise ValueError("deep")\ntry:\n    f()\nexcept ValueError:\n    print(traceback.format_exc().splitlines()[-1])',
  zones:
    'from datetime import datetime\nfrom zoneinfo import ZoneInfo\nprint(datetime(2024, 7, 1, 12, tzinfo=ZoneInfo("Europe/Berlin")).utcoffset())',
  hashes:
    'import hashlib, zlib, base64\nprint(hashlib.sha256(b"x").hexdigest(), hashlib.md5(b"x").hexdigest(), zlib.crc32(b"x"), base64.b64encode(b"hello"))',
  compression:
    'import zlib, bz2, lzma, gzip\nd = b"abc" * 1000\nprint([c.decompress(c.compress(d)) == d for c in (zlib, bz2, lzma, gzip)])',
  files:
    'import pathlib\np = pathlib.Path("notes.txt")\np.write_text("one\\ntwo\\n")\nwith p.open("a") as f: f.write("three\\n")\nprint(p.read_text().split(), p.stat().st_size, p.suffix)',
  temporary:
    'import tempfile, os\nwith tempfile.TemporaryDirectory() as d:\n    n = os.path.join(d, "x")\n    open(n, "w").write("y")\n    print(os.listdir(d), open(n).read())',
  sqlite:
    'import sqlite3\nc = sqlite3.connect("t.db")\nc.execute("create table t (a, b)")\nc.executemany("insert into t values (?, ?)", [(1, "x"), (2, "y")])\nc.commit()\nprint(c.execute("select sum(a), group_concat(b) from t").fetchall())',
  threads:
    'import threading, queue\nq = queue.Queue()\nt = [threading.Thread(target=lambda n=n: q.put(n * n)) for n in range(4)]\n[x.start() for x in t]\n[x.join() for x in t]\nprint(sorted(q.queue))',
  executor:
    'from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(3) as e: print(list(e.map(lambda x: x + 1, range(5))))',
  asyncio:
    'import asyncio\nasync def f(n):\n    await asyncio.sleep(0.001 * n)\n    return n\nasync def main():\n    print(await asyncio.gather(*(f(n) for n in (3, 1, 2))))\nasyncio.run(main())',
  introspection:
    'import inspect, ast, dis, io\ndef f(a, *, b=2): return a + b\nprint(inspect.signature(f), ast.dump(ast.parse("x + 1")), f.__code__.co_varnames)',
  environment:
    'import os\nprint(os.sep, os.path.join("a", "b"), os.path.normpath("a/../b"), sys.byteorder if (sys := __import__("sys")) else 0)',
  pickle:
    'import pickle, copy\nclass A: pass\na = A()\na.x = [1, {2: 3}]\nprint(pickle.loads(pickle.dumps(a)).x, copy.deepcopy(a).x)',
  stderr: 'import sys\nprint("out")\nprint("err", file=sys.stderr)\nsys.stdout.write("no newline")',
};
