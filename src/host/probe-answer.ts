import { z } from 'zod';

const finding = <T extends z.ZodType>(value: T) =>
  z.union([
    z.strictObject({ value, reason: z.null() }),
    z.strictObject({ value: z.null(), reason: z.string().min(1) }),
  ]);

const pathText = z.string().min(1);

const pythonSchema = z.strictObject({
  executable: pathText,
  implementation: z.string(),
  version: z.tuple([z.int(), z.int(), z.int()]),
  prefix: pathText,
  basePrefix: pathText,
  standardLibrary: pathText,
  sysPath: z.array(z.string()),
  libpython: pathText.nullable(),
  missingModules: z.array(z.string()),
});

const hostSchema = z.strictObject({
  machine: z.enum(['x64', 'arm64', 'other']),
  uid: z.int().nonnegative(),
  gid: z.int().nonnegative(),
  maySwitchIds: z.boolean(),
  landlock: finding(z.int().positive()),
  seccomp: finding(z.literal(true)),
  namespaces: finding(z.literal(true)),
  cgroup: finding(
    z.strictObject({
      version: z.union([z.literal(1), z.literal(2)]),
      directories: z.strictObject({ memory: pathText.optional(), pids: pathText.optional() }),
    }),
  ),
});

const answerSchema = z.strictObject({
  python: pythonSchema,
  host: hostSchema.nullable(),
  harness: z.string().nullable(),
});

/** What `probe.py` says of its interpreter, and of the machine unless the interpreter cannot be used. */
export type ProbeAnswer = z.infer<typeof answerSchema>;
export type PythonAnswer = z.infer<typeof pythonSchema>;
export type HostAnswer = z.infer<typeof hostSchema>;

const BEGIN = '<pungi-probe>';
const END = '</pungi-probe>';

/** The answer between the markers, whatever else was printed; `null` when there is none that fits the schema. */
export function readProbeAnswer(stdout: string): ProbeAnswer | null {
  const end = stdout.lastIndexOf(END);
  const begin = stdout.lastIndexOf(BEGIN, end);
  if (begin === -1 || end === -1) return null;
  const parsed = answerSchema.safeParse(parseOrNull(stdout.slice(begin + BEGIN.length, end)));
  return parsed.success ? parsed.data : null;
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
