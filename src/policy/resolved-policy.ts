import type { Allow } from './allow-rules.js';
import type { Clock } from './clock.js';
import type { IsolationLevel } from './isolation-level.js';

/** A policy with every default filled in, checked and deep-frozen. No optional fields; modes are words. */
export interface ResolvedPolicy {
  readonly timeoutMs: number;
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
  readonly maxProcesses: number;
  readonly maxOpenFiles: number;
  readonly diskBytes: number;
  readonly maxOutputBytes: number;
  readonly maxResultBytes: number;
  readonly maxFileBytes: number;
  readonly maxFiles: number;
  readonly maxDisplays: number;
  readonly maxDisplayBytes: number;
  readonly allowNetwork: boolean;
  readonly allowSubprocess: boolean;
  readonly writablePaths: readonly string[];
  readonly readablePaths: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly blockedImports: readonly string[];
  readonly allowedImports: 'any' | readonly string[];
  readonly blockedBuiltins: readonly string[];
  readonly allowedBuiltins: 'any' | readonly string[];
  readonly blockedGlobals: readonly string[];
  readonly allowedGlobals: 'any' | readonly string[];
  /** Guarded mode: what may be called beside the curated part of the standard library. */
  readonly allow: 'off' | Allow;
  readonly banDefinitions: boolean;
  readonly banDunders: boolean;
  /** Advice by node of `ast`, or by call. */
  readonly bannedSyntax: Readonly<Record<string, string>>;
  readonly maxCodeBytes: number;
  readonly maxAstNodes: number;
  readonly extraGlobals: Readonly<Record<string, unknown>>;
  readonly resultFrom: 'either' | 'variable' | 'expression' | 'none';
  readonly stripFences: boolean;
  readonly recursionLimit: 'python' | number;
  readonly deterministic: 'off' | { readonly seed: number };
  readonly clock: Clock;
  readonly isolation: { readonly rule: 'at-least' | 'exactly'; readonly level: IsolationLevel };
  readonly pythonExecutable: PythonRequest;
}

/** Which Python is asked for: the first usable one, or this one. */
export type PythonRequest = 'find' | { readonly path: string };
