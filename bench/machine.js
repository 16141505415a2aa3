import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';

/** What the figures were taken on, and with what. */
export function describeMachine(python, science) {
  const [cpu] = os.cpus();
  return {
    cpu: cpu?.model ?? 'unknown',
    cores: os.cpus().length,
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    kernel: os.release(),
    virtual: /hypervisor/.test(readFileSync('/proc/cpuinfo', 'utf8')),
    uid: process.getuid?.() ?? null,
    node: process.version,
    python: execFileSync(python, ['-V']).toString().trim(),
    // Not its path: that is of one machine, and of nobody's concern.
    pandas: science !== null,
    bubblewrap: versionOf('bwrap'),
    loadBefore: os.loadavg()[0],
    at: new Date().toISOString(),
  };
}

function versionOf(command) {
  try {
    return execFileSync(command, ['--version']).toString().trim();
  } catch {
    return null;
  }
}

/** The path of an interpreter behind its shims. */
export function findInterpreter(file) {
  return execFileSync(file, ['-I', '-c', 'import sys; print(sys.executable)']).toString().trim();
}

export function hasPandas(file) {
  try {
    execFileSync(file, ['-c', 'import pandas'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
