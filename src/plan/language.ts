import type { ResolvedPolicy } from '../policy/resolved-policy.js';
import { encodeInput } from '../protocol/encode-input.js';
import { type PathBase, resolvePath } from './paths.js';
import type { LanguageOrders } from './plan.js';

export function orderLanguage(policy: ResolvedPolicy, base: PathBase, modesIgnored: boolean): LanguageOrders {
  return {
    blockedImports: policy.blockedImports,
    allowedImports: policy.allowedImports === 'any' ? null : policy.allowedImports,
    blockedBuiltins: policy.blockedBuiltins,
    allowedBuiltins: policy.allowedBuiltins === 'any' ? null : policy.allowedBuiltins,
    banDefinitions: policy.banDefinitions,
    banDunders: policy.banDunders,
    maxAstNodes: policy.maxAstNodes,
    maxResultBytes: policy.maxResultBytes,
    extraGlobals: encodeInput(policy.extraGlobals, { name: 'extraGlobals', code: 'INVALID_POLICY' }),
    network: policy.allowNetwork,
    subprocess: policy.allowSubprocess,
    writable: ['.', ...policy.writablePaths.map((path) => resolvePath(path, base))],
    readable: policy.readablePaths.map((path) => resolvePath(path, base)),
    modesIgnored,
  };
}
