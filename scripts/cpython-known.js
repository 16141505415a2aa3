/**
 * Why tests of CPython fail in the jail, told apart by their names and words. Each row is a row of the table in
 * docs/limitations.md; a failure that no row explains is a fault to look at.
 */
export const KNOWN = [
  {
    reason: 'processes',
    level: 'kernel',
    message: /Starting processes is disabled by policy|BlockingIOError: \[Errno 11\]|BrokenProcessPool/,
  },
  {
    reason: 'processes',
    level: 'kernel',
    test: /test_no_such_executable|test_fork_not_allowed|SpawnTests|PosixSpawn/,
  },
  {
    reason: 'modes and times',
    level: 'kernel',
    test: /utime|chmod|copymode|permissions|TestWhich|before_1980/,
  },
  {
    reason: 'sockets',
    test: /TestSendfile|is_socket|test_streams|WakeupFDTests|unix_socket|[sS]ocketHandler|DatagramHandler|HTTPHandler|SysLogHandler/,
  },
  { reason: 'sockets', message: /Network access is disabled by policy/ },
  { reason: 'sockets', test: /^test_asyncio\.test_base_events$/, message: /Operation not permitted/ },
  { reason: 'accounts', message: /getpwuid|getgrgid|getpwnam|Could not determine home directory/ },
  { reason: 'accounts', test: /test_grp|test_pwd/ },
  { reason: 'owners and ids', test: /chown|setres[ug]id|setre[ug]id|resetids|setgroups|initgroups/ },
  { reason: 'priorities', test: /[pP]riority|setscheduler|setaffinity/ },
  { reason: 'kernel calls', test: /splice|memfd_create|fcntl_64_bit|f_pipesize/ },
  { reason: 'terminals', test: /openpty|[tT]cgetpgrp|tcsetpgrp|TermsizeTests/ },
  { reason: 'no /proc', message: /'\/proc\// },
  { reason: 'no /proc', test: /test_devstdin_input/ },
  { reason: 'files outside', message: /Writing '.*' is not allowed/ },
  { reason: 'directories above', test: /Pep383Tests.test_listdir/ },
  {
    reason: 'limits',
    message: /File too large|can't start new thread|ProcessLimit|MemoryError|No space left/,
  },
];

/** The reason, or `null` when none is known. */
export function reasonFor({ level, id, message }) {
  const row = KNOWN.find(
    (known) =>
      (known.level === undefined || known.level === level) &&
      (known.test?.test(id) ?? true) &&
      (known.message?.test(message) ?? true),
  );
  return row?.reason ?? null;
}
