/** One module that user code may not import by default. Guidance, not isolation: the kernel layers hold without it. */
export interface BlockedImport {
  readonly name: string;
  readonly reason: string;
  /** The policy key whose `true` takes the module off the default list. */
  readonly unless: 'allowNetwork' | 'allowSubprocess' | 'never';
}

/**
 * Kept off the list on purpose: `sys`, `shutil`, `pathlib`, `io`, `tempfile` and `asyncio` are useful and the kernel
 * decides what they reach; `signal`, `threading`, `resource`, `pdb` and `code` open no other door.
 */
export const BLOCKED_IMPORTS: readonly BlockedImport[] = [
  { name: 'os', reason: 'the operating system', unless: 'never' },
  { name: 'posix', reason: '`os` under its C name', unless: 'never' },
  { name: 'nt', reason: '`os` under its C name on Windows', unless: 'never' },
  { name: 'subprocess', reason: 'starts programs', unless: 'allowSubprocess' },
  { name: '_posixsubprocess', reason: '`subprocess` under its C name', unless: 'allowSubprocess' },
  { name: 'pty', reason: 'starts programs on a terminal', unless: 'allowSubprocess' },
  { name: 'multiprocessing', reason: 'starts processes', unless: 'allowSubprocess' },
  { name: '_multiprocessing', reason: '`multiprocessing` under its C name', unless: 'allowSubprocess' },
  { name: '_posixshmem', reason: 'the shared memory of `multiprocessing`', unless: 'allowSubprocess' },
  { name: 'socket', reason: 'the network', unless: 'allowNetwork' },
  { name: '_socket', reason: '`socket` under its C name', unless: 'allowNetwork' },
  { name: 'ctypes', reason: 'calls native code by address', unless: 'never' },
  { name: '_ctypes', reason: '`ctypes` under its C name', unless: 'never' },
  { name: 'cffi', reason: '`ctypes` under another name', unless: 'never' },
  { name: '_cffi_backend', reason: '`cffi` under its C name', unless: 'never' },
  { name: 'importlib', reason: 'imports around this list', unless: 'never' },
  { name: 'imp', reason: '`importlib` before Python 3.12', unless: 'never' },
  { name: '_imp', reason: '`importlib` under its C name', unless: 'never' },
  { name: '_frozen_importlib', reason: '`importlib` under its frozen name', unless: 'never' },
  { name: '_frozen_importlib_external', reason: '`importlib` under its frozen name', unless: 'never' },
  { name: 'pkgutil', reason: '`resolve_name` imports any module', unless: 'never' },
  { name: 'runpy', reason: '`run_module` imports any module', unless: 'never' },
];

/** The default list for a policy that opens these two doors or keeps them shut. */
export function defaultBlockedImports(opened: {
  readonly allowNetwork: boolean;
  readonly allowSubprocess: boolean;
}): readonly string[] {
  return BLOCKED_IMPORTS.filter((row) => row.unless === 'never' || !opened[row.unless]).map(
    (row) => row.name,
  );
}
