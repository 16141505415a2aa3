import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import { encodeInput } from '../protocol/encode-input.js';
import { orderGuard } from './guard.js';
import { type PathBase, resolvePath } from './paths.js';
import type { LanguageOrders } from './plan.js';

export function orderLanguage(
  policy: ResolvedPolicy,
  base: PathBase,
  scratch: readonly string[],
  forks: boolean,
  modesIgnored: boolean,
): LanguageOrders {
  return {
    blockedImports: policy.blockedImports,
    allowedImports: policy.allowedImports === 'any' ? null : policy.allowedImports,
    blockedBuiltins: policy.blockedBuiltins,
    allowedBuiltins: policy.allowedBuiltins === 'any' ? null : policy.allowedBuiltins,
    blockedGlobals: policy.blockedGlobals,
    allowedGlobals: policy.allowedGlobals === 'any' ? null : policy.allowedGlobals,
    guard: policy.allow === 'off' ? null : orderGuard(policy.allow),
    banDefinitions: policy.banDefinitions,
    banDunders: policy.banDunders,
    bannedSyntax: policy.bannedSyntax,
    maxAstNodes: policy.maxAstNodes,
    maxResultBytes: policy.maxResultBytes,
    maxDisplays: policy.maxDisplays,
    maxDisplayBytes: policy.maxDisplayBytes,
    resultFrom: policy.resultFrom,
    recursionLimit: policy.recursionLimit === 'python' ? null : policy.recursionLimit,
    seed: policy.deterministic === 'off' ? null : policy.deterministic.seed,
    clock: policy.clock === 'host' ? null : policy.clock,
    extraGlobals: encodeInput(policy.extraGlobals, { name: 'extraGlobals', code: 'INVALID_POLICY' }),
    network: policy.allowNetwork,
    subprocess: policy.allowSubprocess,
    forks,
    writable: ['.', ...scratch, ...policy.writablePaths.map((path) => resolvePath(path, base))],
    readable: policy.readablePaths.map((path) => resolvePath(path, base)),
    modesIgnored,
    record: false,
  };
}
