/** Programs whose results hang on chance, on hashes, on the order of directories or on names that are made up. */
export interface ChanceProgram {
  readonly name: string;
  readonly code: string;
  /** Whether two ordinary runs surely differ: then a broken `deterministic` shows. */
  readonly differs: boolean;
}

const MAKE_FILES =
  "import pathlib\nfor name in ['q', 'b', 'z', 'a', 'm', 'k']: pathlib.Path(name).write_text(name)\n";

function drawn(name: string, code: string): ChanceProgram {
  return { name, code, differs: true };
}

function steady(name: string, code: string): ChanceProgram {
  return { name, code, differs: false };
}

export const CHANCE_PROGRAMS: readonly ChanceProgram[] = [
  drawn('random()', 'import random\n[random.random() for _ in range(5)]'),
  drawn('randint', 'import random\n[random.randint(1, 10**9) for _ in range(5)]'),
  drawn('shuffle', 'import random\nx = list(range(50))\nrandom.shuffle(x)\nx'),
  drawn('sample', 'import random\nrandom.sample(range(10**6), 5)'),
  drawn('choices', "import random\n''.join(random.choices('abcdefghij', k=30))"),
  drawn('gauss', 'import random\n[random.gauss(0, 1) for _ in range(3)]'),
  drawn('a new Random', 'import random\n[random.Random().random() for _ in range(3)]'),
  drawn('seed()', 'import random\nrandom.seed()\nrandom.random()'),
  drawn('seed(None)', 'import random\nrandom.seed(None)\nrandom.getrandbits(100)'),
  drawn('SystemRandom', 'import random\nrandom.SystemRandom().random()'),
  drawn('randbytes', 'import random\nrandom.randbytes(9).hex()'),
  drawn('the state', 'import random\nhash(random.getstate()[1])'),
  drawn('os.urandom', 'import os\nos.urandom(20).hex()'),
  drawn('os.getrandom', 'import os\nos.getrandom(20).hex()'),
  drawn('posix.urandom', 'import posix\nposix.urandom(5).hex()'),
  drawn('uuid4', 'import uuid\n[str(uuid.uuid4()) for _ in range(3)]'),
  drawn('uuid1', 'import uuid, time\nstr(uuid.uuid1())'),
  drawn('the node of uuid', 'import uuid\n[uuid.getnode(), uuid.uuid1().clock_seq]'),
  drawn('token_hex', 'import secrets\n[secrets.token_hex(8), secrets.token_urlsafe(5)]'),
  drawn('randbelow', 'import secrets\n[secrets.randbelow(10**9), secrets.choice(range(10**9))]'),
  drawn('a hash of text', "[hash('a'), hash(b'a'), hash(('a', 1.5))]"),
  drawn('a set of text', "list({f'key{n}' for n in range(50)})"),
  drawn('a set of bytes', "[x.decode() for x in {b'a%d' % n for n in range(50)}]"),
  drawn('a frozenset printed', "print(frozenset(f'{n}' for n in range(30)))"),
  drawn(
    'set operations',
    "a = {f'{n}' for n in range(40)}\nb = {f'{n}' for n in range(20, 60)}\n[list(a - b), list(a & b)]",
  ),
  drawn('pop of a set', "s = {f'{n}' for n in range(99)}\n[s.pop() for _ in range(5)]"),
  drawn('names of scratch files', 'import tempfile\n[tempfile.mktemp(dir="x") for _ in range(3)]'),
  drawn('a hash of a date', 'import datetime\nhash(datetime.date(2026, 1, 2))'),
  drawn(
    'a hash of a frozen dataclass',
    "import dataclasses\n@dataclasses.dataclass(frozen=True)\nclass P:\n    x: str\nhash(P('a'))",
  ),
  drawn(
    'a boundary of mail',
    'from email.mime.multipart import MIMEMultipart\nm = MIMEMultipart()\nm.as_string()',
  ),
  drawn(
    'a Monte Carlo sum',
    'import random\nsum(random.random() ** 2 + random.random() ** 2 < 1 for _ in range(2000)) / 500',
  ),
  drawn(
    'threads that draw in turn',
    'import random, threading\nout = []\nfor _ in range(5):\n    t = threading.Thread(target=lambda: out.append(random.random()))\n    t.start(); t.join()\nout',
  ),
  drawn(
    'chance in asyncio',
    'import asyncio, random\nasync def f():\n    await asyncio.sleep(0)\n    return random.random()\nawait asyncio.gather(f(), f(), f())',
  ),
  drawn(
    'chance in a module of the caller',
    "import pathlib\npathlib.Path('mine.py').write_text('import random\\nx = random.random()')\nimport mine\nmine.x",
  ),
  drawn('a salt', "import hashlib, os\nhashlib.pbkdf2_hmac('sha256', b'p', os.urandom(8), 10).hex()"),
  drawn(
    'what is printed to both streams',
    'import random, sys\nprint(random.random())\nprint(random.random(), file=sys.stderr)',
  ),
  drawn('an error with chance in its text', 'import random\nraise ValueError(random.random())'),
  drawn('a file with chance in it', "import random\nopen('a.txt', 'w').write(str(random.random()))"),
  drawn(
    'ids in a database',
    "import sqlite3, uuid\nc = sqlite3.connect(':memory:')\nc.execute('create table t (x)')\nc.execute('insert into t values (?)', (str(uuid.uuid4()),))\nc.execute('select x from t').fetchall()",
  ),
  steady('listdir', `${MAKE_FILES}import os\nos.listdir('.')`),
  steady('scandir', `${MAKE_FILES}import os\n[entry.name for entry in os.scandir()]`),
  steady('walk', `${MAKE_FILES}import os\nlist(os.walk('.'))`),
  steady('glob', `${MAKE_FILES}import glob\nglob.glob('*')`),
  steady('iterdir', `${MAKE_FILES}[str(p) for p in pathlib.Path().iterdir()]`),
  steady('rglob', `${MAKE_FILES}[str(p) for p in pathlib.Path().rglob('*')]`),
  steady('a seed of the program', 'import random\nrandom.seed(5)\nrandom.random()'),
  steady('json', "import json\njson.dumps({f'{n}': n for n in range(50)})"),
  steady(
    'a table of characters',
    "from collections import Counter\nCounter('the quick brown fox').most_common()",
  ),
  steady('mathematics', 'import math\n[math.sin(n) for n in range(20)]'),
  steady('text', "sorted({w.lower() for w in 'b a C d'.split()})"),
];
