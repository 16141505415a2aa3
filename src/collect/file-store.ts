import type { LeftOutFile } from '../result/ending.js';
import type { OutputFile } from '../result/run-result.js';

/** The `file-head` frame of docs/architecture.md. */
export interface FileHead {
  readonly name: string;
  readonly size: number;
  readonly mode: number;
}

export interface CollectedFiles {
  readonly files: ReadonlyMap<string, OutputFile>;
  readonly leftOut: readonly LeftOutFile[];
}

/**
 * Where the content of collected files goes. The collector has checked names and sizes, and keeps the order:
 * `begin`, `write` as often as needed, then `commit` or `discard`; one file at a time; `finish` last and always.
 */
export interface FileStore {
  begin(head: FileHead): void;
  write(bytes: Uint8Array): void;
  commit(): void;
  discard(): void;
  /** `null`: go on. A promise: stop reading until it resolves; it never rejects. */
  backlog(): Promise<void> | null;
  finish(): Promise<CollectedFiles>;
}

/** Permission bits, without set-id and sticky. */
export function permissionBits(mode: number): number {
  return mode & 0o777;
}
