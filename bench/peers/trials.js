/** What ordinary programs do; each is tried, nothing is believed. */
const TRIALS = {
  numpy: 'import numpy\nint(numpy.arange(4).sum())',
  threads: 'import threading\nt = threading.Thread(target=int)\nt.start()\nt.join()',
  'files written and read':
    'f = open("pungi-trial", "w")\nf.write("x")\nf.close()\nopen("pungi-trial").read()',
  'other processes': 'import subprocess\nsubprocess.run(["/bin/true"], check=True)',
  'classes, generators and with':
    'import contextlib\n@contextlib.contextmanager\ndef g():\n  yield 1\nclass A:\n  pass\nwith g():\n  A()',
  sqlite3: 'import sqlite3\nsqlite3.connect(":memory:").execute("select 1").fetchone()',
};

/** The names of what `run` throws at, each with the last line of why. */
export function tryAll(run) {
  const cannot = [];
  for (const [name, code] of Object.entries(TRIALS)) {
    const reason = failureOf(() => run(code));
    if (reason !== null) cannot.push(`${name} (${reason})`);
  }
  return cannot;
}

export function failureOf(work) {
  try {
    work();
    return null;
  } catch (error) {
    const [first] = String(error.message)
      .trim()
      .split('\n')
      .filter((line) => /^\w*(Error|Exception)\b/.test(line))
      .slice(-1);
    return (first ?? String(error.message).trim().split('\n').at(-1)).slice(0, 80);
  }
}
