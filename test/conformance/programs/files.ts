import type { Program } from '../program.js';

/** Files in and out by their names; sizes, modes and places of the host are tested beside. */
export const FILE_PROGRAMS: readonly Program[] = [
  {
    name: 'text and bytes in',
    code: 'result = [open("a.txt").read(), open("b/c.bin", "rb").read()]',
    options: { files: { 'a.txt': 'häl', 'b/c.bin': new Uint8Array([0, 255]) } },
    expected: { result: ['häl', new Uint8Array([0, 255])], files: {} },
  },
  {
    name: 'modules and packages',
    code: 'import helpers\nfrom pkg.inner import f\nresult = [helpers.X, f()]',
    options: {
      files: {
        'helpers.py': 'X = 1',
        'pkg/__init__.py': '',
        'pkg/inner.py': 'from . import other\ndef f(): return other.Y',
        'pkg/other.py': 'Y = 2',
      },
    },
    expected: { result: [1, 2], files: {} },
  },
  {
    name: 'the working directory',
    code: 'import os, pathlib\nresult = [sorted(os.listdir()), pathlib.Path("x").exists(), pathlib.Path.home() == pathlib.Path.cwd()]',
    options: { files: { x: '' } },
    expected: { result: [['x'], true, true] },
  },
  {
    name: 'files out, nested',
    code: 'import os\nopen("a.txt", "w").write("A")\nos.makedirs("d/e")\nopen("d/e/b.txt", "w").write("B")\nos.mkdir("empty")',
    expected: { files: { 'a.txt': 'A', 'd/e/b.txt': 'B' } },
  },
  {
    name: 'changed inputs come out, others do not',
    code: 'open("changed", "a").write("+")\nopen("read").read()\nopen("replaced", "w").write("12345")',
    options: { files: { changed: 'c', read: 'r', replaced: '54321' } },
    expected: { files: { changed: 'c+', replaced: '12345' } },
  },
  {
    name: 'an input that is removed and one that is renamed',
    code: 'import os\nos.remove("gone")\nos.rename("old", "new")',
    options: { files: { gone: 'g', old: 'o' } },
    expected: { files: { new: 'o' } },
  },
  {
    name: 'temporary files stay behind',
    code: 'import tempfile\nopen(tempfile.mkstemp()[1], "w").write("x")',
    expected: { files: {} },
  },
  {
    name: 'symlinks, fifos and sockets are never read',
    code: 'import os\nos.symlink("/etc/passwd", "link")\nos.symlink("/etc", "dir")\nos.mkfifo("fifo")\nopen("real", "w").write("r")',
    expected: {
      files: { real: 'r' },
      leftOut: { dir: 'not a regular file', fifo: 'not a regular file', link: 'not a regular file' },
    },
  },
  {
    name: 'an input replaced by a symlink',
    code: 'import os\nos.remove("a")\nos.symlink("/etc/hostname", "a")',
    options: { files: { a: '1' } },
    expected: { files: {}, leftOut: { a: 'not a regular file' } },
  },
  {
    name: 'after a timeout',
    code: 'open("partial", "w").write("kept")\nf = open("open", "w")\nf.write("flushed")\nf.flush()\nwhile True: pass',
    policy: { timeoutSeconds: 0.3 },
    expected: { status: 'timeout', files: { open: 'flushed', partial: 'kept' } },
  },
  {
    name: 'after an error, an exit and a crash',
    code: 'import os\nopen("a", "w").write("1")\nos._exit(3)',
    expected: { status: 'crashed', files: { a: '1' } },
  },
  {
    name: 'too many',
    code: 'for i in range(5): open(f"f{i}", "w").write(str(i))',
    policy: { maxFiles: 2 },
    expected: {
      files: { f0: '0', f1: '1' },
      leftOut: {
        f2: 'more than 2 files (maxFiles)',
        f3: 'more than 2 files (maxFiles)',
        f4: 'more than 2 files (maxFiles)',
      },
    },
  },
  {
    name: 'too large',
    code: 'open("big", "w").write("x" * 3000)\nopen("small", "w").write("s")',
    policy: { maxFileKb: 2 },
    expected: { files: { small: 's' }, leftOut: { big: 'larger than 2048 bytes (maxFileKb)' } },
  },
  {
    name: 'a sparse file counts by its apparent size',
    code: 'open("sparse", "wb").truncate(3_000_000)',
    policy: { maxFileKb: 1024 },
    expected: { files: {}, leftOut: { sparse: 'larger than 1048576 bytes (maxFileKb)' } },
  },
  {
    name: 'a name that is no UTF-8',
    code: 'import os\nos.close(os.open(b"bad\\xff", os.O_CREAT | os.O_WRONLY))',
    expected: { files: {}, leftOut: { "'bad\\udcff'": 'its name is not UTF-8' } },
  },
  {
    name: 'names with spaces, and with control characters',
    code: 'open("a b", "w").write("1")\nopen("a\\nb", "w").write("2")',
    expected: { files: { 'a b': '1' }, leftOut: { 'a\nb': 'its name holds a control character' } },
  },
  {
    name: 'a directory without rights',
    code: 'import os\nos.mkdir("d")\nopen("d/f", "w").write("1")\nos.chmod("d", 0)',
    expected: { files: { 'd/f': '1' } },
  },
];

/** What a run gets beside its code. */
export const INPUT_PROGRAMS: readonly Program[] = [
  {
    name: 'argv',
    code: 'import sys\nsys.argv',
    options: { argv: ['a', '--b=c', 'ä 1'] },
    expected: { result: ['<user_code>', 'a', '--b=c', 'ä 1'] },
  },
  {
    name: 'env of the policy and of the run',
    code: 'import os\n[os.environ.get(k) for k in ("A", "B", "PATH_X")]',
    policy: { env: { A: '1', B: '2' } },
    options: { env: { B: '3' } },
    expected: { result: ['1', '3', null] },
  },
  {
    name: 'nothing of the host in the environment',
    code: 'import os\nsorted(os.environ)',
    expected: {
      result: [
        'HOME',
        'LANG',
        'LOGNAME',
        'MKL_NUM_THREADS',
        'MPLBACKEND',
        'MPLCONFIGDIR',
        'NUMEXPR_NUM_THREADS',
        'OMP_NUM_THREADS',
        'OPENBLAS_NUM_THREADS',
        'PWD',
        'PYTHONDONTWRITEBYTECODE',
        'TMPDIR',
        'USER',
        'VECLIB_MAXIMUM_THREADS',
        'XDG_CACHE_HOME',
      ],
    },
  },
  {
    name: 'an entrypoint',
    code: '',
    options: {
      entrypoint: 'app/main.py',
      argv: ['x'],
      files: {
        'app/main.py':
          'import sys, os, beside, above\nprint(__name__, os.path.basename(__file__), sys.argv[1:])\nresult = [beside.X, above.X]',
        'app/beside.py': 'X = 1',
        'beside.py': 'X = 2',
        'above.py': 'X = 3',
      },
    },
    expected: { stdout: "__main__ main.py ['x']\n", result: [1, 3], files: {} },
  },
  {
    name: 'imports of a module beside the entrypoint are checked',
    code: '',
    policy: { blockedImports: ['os'] },
    options: {
      entrypoint: 'app/main.py',
      files: { 'app/main.py': 'import beside', 'app/beside.py': 'import os' },
    },
    expected: {
      status: 'blocked',
      error:
        "ImportBlockedError: Import 'os' is blocked by policy (line 1 of app/beside.py). Use pathlib for paths, or remove 'os' from blockedImports.",
    },
  },
  {
    name: 'an entrypoint that fails',
    code: '',
    options: { entrypoint: 'main.py', files: { 'main.py': 'x = 1\n1 / 0\n' } },
    expected: { status: 'error', line: 2, error: 'ZeroDivisionError: division by zero' },
  },
  {
    name: 'an entrypoint with another encoding',
    code: '',
    options: {
      entrypoint: 'main.py',
      files: { 'main.py': Buffer.from('# -*- coding: latin-1 -*-\nresult = "\xe9"\n', 'latin1') },
    },
    expected: { result: 'é' },
  },
  {
    name: 'code of exactly 1 MiB',
    code: `result = 1\n#${'x'.repeat(1024 * 1024 - 12)}`,
    expected: { result: 1 },
  },
  {
    name: 'code of exactly 1 MiB that is one text',
    code: `len("${'x'.repeat(1024 * 1024 - 7)}")`,
    expected: { result: 1024 * 1024 - 7 },
  },
  {
    name: 'two hundred nested brackets are Python’s to refuse',
    code: `${'('.repeat(300)}1${')'.repeat(300)}`,
    expected: { status: 'error', error: 'SyntaxError: too many nested parentheses (<user_code>, line 1)' },
  },
  {
    name: 'a deep syntax tree does not crash',
    code: `x = ${'-'.repeat(50_000)}1`,
    policy: { maxAstNodes: 10_000_000 },
    expected: { status: 'memory_limit', error: 'MemoryError' },
  },
];
