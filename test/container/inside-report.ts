import { z } from 'zod';

const line = z.object({ name: z.string(), seen: z.unknown(), threw: z.string().optional() });

export type InsideReport = Readonly<Record<string, unknown>>;

/** Reads the JSON lines of `inside.mjs`; a check that threw is reported as `{threw}`. */
export function readInsideReport(stdout: string): InsideReport {
  const lines = stdout
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => line.parse(JSON.parse(text)));
  return Object.fromEntries(
    lines.map(({ name, seen, threw }) => [name, threw === undefined ? seen : { threw }]),
  );
}

/** What every check must have seen at level `kernel`, whoever runs it. */
export const EXPECTED_AT_KERNEL = {
  result: 42,
  output: 'seen\n',
  files: { status: 'timeout', 'out/a.txt': 'in' },
  disk: 'disk_limit',
  timeout: 'timeout',
  memory: 'memory_limit',
  'reads the password file': 'PermissionError',
  'opens a socket': 'PermissionError',
  'starts a process': 'BlockingIOError',
  'forks a session': [[1], [1, 2]],
  'writes outside': 'PermissionError',
  layers: {
    namespaces: [],
    seccomp: 'filter',
    noNewPrivileges: true,
    capabilities: 'none',
    cgroup: null,
  },
} as const;
