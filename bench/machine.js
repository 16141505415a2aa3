import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';

/** What the figures were taken on. */
export function describeMachine(python) {
  const [cpu] = os.cpus();
  return {
    cpu: cpu?.model ?? 'unknown',
    cores: os.cpus().length,
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    kernel: os.release(),
    node: process.version,
    python: execFileSync(python, ['-V']).toString().trim(),
    pythonExecutable: python,
    loadBefore: os.loadavg()[0],
    virtual: /hypervisor/.test(readFileSync('/proc/cpuinfo', 'utf8')),
    at: new Date().toISOString(),
  };
}
