import { runToEnd } from './run-to-end.js';

const OPTIONS = { env: { PATH: '/usr/bin:/bin' }, timeoutMs: 60_000, maxBytes: 64 * 1024 };

/**
 * Removes a directory that user code may have shaped. Node's own removal goes by paths: it stops at those longer than
 * the kernel takes, and follows what is swapped under it; rm goes down by descriptors.
 */
export async function removeTree(path: string): Promise<void> {
  await runToEnd('rm', ['-rf', '--one-file-system', '--', path], OPTIONS);
}
