/** Kinds of frames; the table with directions and payloads is in docs/architecture.md. */
export const FRAME = {
  plan: 1,
  job: 2,
  file: 3,
  stdin: 4,
  start: 5,
  stop: 6,
  ready: 16,
  process: 17,
  stdout: 18,
  stderr: 19,
  outcome: 20,
  fileHead: 22,
  fileBody: 23,
  end: 24,
  failed: 25,
} as const;
