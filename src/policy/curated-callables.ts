/** A rule about arguments of a callable on the curated list; `attribute` looks at names of attributes given as text. */
export interface CuratedRule {
  readonly kind: 'argPath' | 'selfPath' | 'openMode' | 'attribute';
  readonly pos?: number;
  readonly kw?: string;
}

/** A module or class of the standard library of which guarded mode allows all, or the members named. */
export interface CuratedEntry {
  readonly name: string;
  readonly members: 'all' | readonly string[];
  readonly rules?: Readonly<Record<string, CuratedRule>>;
  /** What it does, and why it is harmless or what was left out. */
  readonly reason: string;
}

const words = (text: string): readonly string[] => text.split(' ');
const SELF_PATH: CuratedRule = { kind: 'selfPath' };

const whole = (reason: string, text: string): readonly CuratedEntry[] =>
  words(text).map((name) => ({ name, members: 'all', reason }));

/** Guidance, not isolation: what can only compute, read what may be read, or write where the policy lets it. */
export const CURATED_CALLABLES: readonly CuratedEntry[] = [
  {
    name: 'builtins',
    members: words(
      'abs aiter all anext any ascii bin callable chr dir divmod filter format globals hasattr hash hex id input ' +
        'isinstance issubclass iter len locals map max min next oct ord pow print repr round sorted sum vars zip ' +
        'enumerate reversed staticmethod classmethod super type',
    ),
    rules: {
      getattr: { kind: 'attribute', pos: 1 },
      setattr: { kind: 'attribute', pos: 1, kw: 'changes' },
      delattr: { kind: 'attribute', pos: 1, kw: 'changes' },
      open: { kind: 'openMode' },
    },
    reason:
      'compute and print; `open` writes where the policy lets it. Left out: `eval`, `exec`, `compile`, `__import__`, `breakpoint`, `help`',
  },
  ...whole(
    'a builtin type with all its methods',
    'builtins.object builtins.bool builtins.bytearray builtins.bytes builtins.complex builtins.dict builtins.float ' +
      'builtins.frozenset builtins.int builtins.list builtins.memoryview builtins.property builtins.range builtins.set ' +
      'builtins.slice builtins.str builtins.tuple',
  ),
  {
    name: 'builtins.type',
    members: words('__new__ __init__ __prepare__ mro'),
    reason: 'classes of classes. Left out: `__subclasses__`, which finds what was never imported',
  },
  ...whole('types, records and descriptions of them', 'abc dataclasses enum numbers typing collections'),
  ...whole(
    'mathematics and numbers; random numbers change nothing but their own generator',
    'math cmath decimal fractions statistics random secrets',
  ),
  ...whole('iteration, search and functions of functions', 'itertools bisect heapq array graphlib'),
  {
    name: 'functools',
    members: 'all',
    reason: 'functions of functions; what they were given is called unseen, but `partial` is looked into',
  },
  { name: 'contextlib', members: 'all', reason: 'context managers' },
  {
    name: 'operator',
    members: words(
      'abs add and_ concat contains countOf eq floordiv ge getitem gt index indexOf inv invert is_ is_not itemgetter le ' +
        'length_hint lshift lt matmul mod mul ne neg not_ or_ pos pow rshift setitem sub truediv truth xor delitem',
    ),
    rules: { attrgetter: { kind: 'attribute', pos: 0 } },
    reason: 'operators as functions. Left out: `methodcaller` and `call`, which call unseen',
  },
  ...whole('text', 're string textwrap difflib unicodedata html pprint reprlib keyword shlex fnmatch'),
  ...whole('data as text and back, in memory', 'csv base64 binascii struct zlib colorsys'),
  { name: 'json', members: 'all', reason: 'data as text; files are those that the code opened' },
  ...whole('identifiers and time zones', 'hmac uuid zoneinfo'),
  ...whole(
    'digests; the modules of C hold their types',
    'hashlib _hashlib _blake2 _md5 _sha1 _sha2 _sha3 _sha256 _sha512',
  ),
  ...whole('dates; waiting is bounded by the time limit', 'datetime calendar time'),
  { name: 'copy', members: 'all', reason: 'copies of values' },
  ...whole('the parts of an address; nothing is asked', 'urllib.parse ipaddress'),
  {
    name: 'io',
    members: words('StringIO BytesIO TextIOWrapper BufferedReader'),
    rules: { open: { kind: 'openMode' } },
    reason: 'files in memory; `open` as the builtin. Left out: `FileIO`',
  },
  { name: 'io.StringIO', members: 'all', reason: 'a text in memory' },
  { name: 'io.BytesIO', members: 'all', reason: 'bytes in memory' },
  {
    name: 'xml.etree.ElementTree',
    members: words(
      'Element SubElement Comment QName XML fromstring fromstringlist tostring indent iselement iterparse parse',
    ),
    reason: 'XML in memory; files are read. Left out: `ElementTree.write`',
  },
  { name: 'xml.etree.ElementTree.Element', members: 'all', reason: 'a node of XML' },
  {
    name: 'ast',
    members: words('parse literal_eval dump unparse walk iter_child_nodes iter_fields get_docstring'),
    reason: 'reads code, runs nothing',
  },
  {
    name: 'inspect',
    members: words('signature getdoc isfunction isclass ismethod isgenerator iscoroutine ismodule'),
    reason: 'what a callable takes. Left out: frames and sources',
  },
  {
    name: 'traceback',
    members: words('format_exc print_exc format_exception print_exception'),
    reason: 'errors as text',
  },
  { name: 'warnings', members: words('warn simplefilter filterwarnings catch_warnings'), reason: 'warnings' },
  {
    name: 'sys',
    members: words('getsizeof getrecursionlimit exit intern getdefaultencoding'),
    reason: 'facts of the interpreter, and the end of the program. Left out: frames, hooks, limits',
  },
  {
    name: 'types',
    members: words('SimpleNamespace MappingProxyType'),
    reason: 'values. Left out: types of functions and code',
  },
  {
    name: 'asyncio',
    members: words(
      'run gather sleep wait wait_for create_task as_completed Queue Lock Event Semaphore timeout',
    ),
    reason: 'tasks of one program. Left out: processes, servers, connections, threads',
  },
  { name: 'asyncio.Queue', members: 'all', reason: 'tasks of one program' },
  {
    name: 'os.path',
    members: words(
      'abspath basename commonpath dirname exists expanduser getsize getmtime isabs isdir isfile join normpath relpath ' +
        'split splitext realpath',
    ),
    reason: 'names of files and facts about them',
  },
  {
    name: 'os',
    members: words('getcwd listdir walk fspath'),
    reason: 'reads directories. Left out: everything that changes anything',
  },
  { name: 'pathlib.PurePath', members: 'all', reason: 'names of files' },
  {
    name: 'pathlib.Path',
    members: words(
      'absolute cwd exists expanduser glob home is_dir is_file is_symlink iterdir read_bytes read_text resolve rglob ' +
        'samefile stat',
    ),
    rules: {
      open: { kind: 'openMode' },
      write_text: SELF_PATH,
      write_bytes: SELF_PATH,
      touch: SELF_PATH,
      mkdir: SELF_PATH,
      unlink: SELF_PATH,
      rmdir: SELF_PATH,
      rename: { kind: 'selfPath', pos: 0, kw: 'target' },
      replace: { kind: 'selfPath', pos: 0, kw: 'target' },
    },
    reason: 'reads; writes where the policy lets it. Left out: modes, owners and links',
  },
  { name: 'pathlib.PosixPath', members: [], reason: 'what `Path` makes' },
  {
    name: 'shutil',
    members: [],
    rules: {
      copy: { kind: 'argPath', pos: 1, kw: 'dst' },
      copy2: { kind: 'argPath', pos: 1, kw: 'dst' },
      copyfile: { kind: 'argPath', pos: 1, kw: 'dst' },
      copytree: { kind: 'argPath', pos: 1, kw: 'dst' },
    },
    reason: 'copies to where the policy lets it. Left out: `rmtree` and `move`',
  },
  { name: 'pungi', members: 'all', reason: 'what pungi offers to the code' },
];
