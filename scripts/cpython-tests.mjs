// Runs modules of CPython's own test suite bare and in the jail, and tells which tests fail in the jail alone, and why.
// Ends with 1 when there is a failure that docs/limitations.md does not explain.
// usage: npm run compat:cpython -- --python FILE [--level full|kernel]... [MODULE...]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { presets, runCode } from '../dist/index.js';
import { reasonFor } from './cpython-known.js';

const SUITE = readFileSync(join(import.meta.dirname, 'cpython_suite.py'), 'utf8');
const SECONDS = 400;
const UNEXPLAINED = 'unexplained';

/** What programs of every day stand on. */
const MODULES = `
test_abc test_argparse test_array test_ast test_base64 test_bisect test_builtin test_bytes test_bz2 test_calendar
test_cmath test_collections test_configparser test_contextlib test_copy test_coroutines test_csv test_dataclasses
test_datetime test_dbm_dumb test_decimal test_deque test_dict test_difflib test_dis test_email test_enum test_exceptions
test_fcntl test_file test_fileio test_float test_fractions test_functools test_gc test_generators test_glob
test_graphlib test_grp test_gzip test_hashlib test_heapq test_hmac test_html test_htmlparser test_inspect test_int
test_io test_ipaddress test_itertools test_json test_linecache test_list test_locale test_logging test_lzma test_math
test_mmap test_operator test_os test_pathlib test_pickle test_plistlib test_posix test_pprint test_pwd test_queue
test_random test_re test_resource test_sched test_secrets test_select test_selectors test_set test_shelve test_shlex
test_shutil test_signal test_statistics test_string test_struct test_sys test_tarfile test_tempfile test_textwrap
test_threading test_time test_timeit test_tomllib test_traceback test_types test_typing test_ucn test_unicodedata
test_unittest test_urllib test_urlparse test_uuid test_warnings test_weakref test_xml_etree test_zipfile test_zlib
test_zoneinfo test_asyncio.test_base_events test_asyncio.test_context test_asyncio.test_futures
test_asyncio.test_locks test_asyncio.test_queues test_asyncio.test_runners test_asyncio.test_selector_events
test_asyncio.test_streams test_asyncio.test_subprocess test_asyncio.test_taskgroups test_asyncio.test_tasks
test_asyncio.test_threads test_asyncio.test_timeouts test_asyncio.test_transports test_concurrent_futures
test_sqlite3.test_dbapi test_sqlite3.test_regression test_sqlite3.test_transactions test_sqlite3.test_types
`
  .trim()
  .split(/\s+/);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string', default: 'python3' },
    level: { type: 'string', multiple: true, default: ['full', 'kernel'] },
  },
});
const modules = positionals.length > 0 ? positionals : MODULES;
const totals = Object.fromEntries(values.level.map((level) => [level, { ran: 0, failed: 0, reasons: {} }]));

for (const module of modules) {
  const bare = runBare(module);
  if (bare === null) {
    console.log(`${module}: not in this suite, or it does not load bare`);
    continue;
  }
  const cells = [];
  for (const level of values.level) {
    const jailed = await runJailed(module, level);
    const bad = Object.entries(jailed.bad).filter(([id]) => !(id in bare.bad));
    totals[level].ran += jailed.ran;
    totals[level].failed += bad.length;
    cells.push(`${level} ${jailed.ran} ran, ${jailed.skipped} skipped, ${bad.length} failed`);
    for (const [id, message] of bad) {
      const reason = reasonFor({ level, id, message }) ?? UNEXPLAINED;
      totals[level].reasons[reason] = (totals[level].reasons[reason] ?? 0) + 1;
      console.log(`  ${level} ${id} [${reason}] ${message}`);
    }
  }
  console.log(`${module}: bare ${bare.ran} ran, ${bare.skipped} skipped; ${cells.join('; ')}`);
}
console.log(JSON.stringify(totals, null, 2));
process.exitCode = Object.values(totals).some(({ reasons }) => UNEXPLAINED in reasons) ? 1 : 0;

function runBare(module) {
  const directory = mkdtempSync(join(tmpdir(), 'cpython-'));
  try {
    const code = `input_data = ${JSON.stringify({ module })}\n${SUITE.replace('from __future__ import annotations', '')}\nimport json, sys\nsys.stdout.write("\\n" + json.dumps(result) + "\\n")`;
    const { stdout } = spawnSync(values.python, ['-I', '-'], {
      input: code,
      cwd: directory,
      env: { HOME: directory, TMPDIR: directory, LANG: 'C.UTF-8' },
      timeout: SECONDS * 1000,
      maxBuffer: 1 << 28,
      encoding: 'utf8',
    });
    const outcome = stdout.trimEnd().split('\n').at(-1) ?? '';
    return outcome.startsWith('{') ? JSON.parse(outcome) : null;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A run that does not come back counts as one failure, of the test that was the last to start. */
async function runJailed(module, level) {
  const policy = {
    ...presets.agent,
    isolation: { exactly: level },
    // Half of the modules start Pythons; at level `kernel` that needs a control group, which few machines offer.
    allowSubprocess: level === 'full',
    pythonExecutable: values.python,
    timeoutSeconds: SECONDS,
    memoryLimitMb: 1024,
    diskLimitMb: 256,
    maxProcesses: 128,
    maxOpenFiles: 1024,
    maxOutputKb: 4096,
  };
  const { status, result, stdout, error } = await runCode(SUITE, { module }, policy, { oneshot: true });
  if (result !== undefined && result !== null) return result;
  const started = stdout.split('\n').filter((line) => /^(test|unittest)\.\S+$/.test(line));
  return {
    ran: started.length,
    skipped: 0,
    bad: { [started.at(-1) ?? module]: `the run ended ${status} here: ${error ?? ''}` },
  };
}
