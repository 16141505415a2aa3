import type { Plan } from '../../plan/plan.js';
import type { ResolvedPolicy } from '../../policy/resolved-policy.js';
import type { Statement } from './describe-sandbox.js';

/** What programs reach outside of themselves. */
export function describeFiles(policy: ResolvedPolicy, { language, level }: Plan): readonly Statement[] {
  const isJailed = level !== 'process';
  const beside = language.writable
    .filter((path) => path !== '.' && path !== '/tmp')
    .map((path) => `\`${path}\``);
  const written = ['the working directory', 'the directory of `tempfile`', ...beside];
  const read = language.readable.map((path) => `\`${path}\``).join(', ');
  return [
    {
      id: 'writing',
      text: `Files can be written in ${joined(written)} and nowhere else; use relative paths.`,
    },
    ...(read === ''
      ? []
      : [{ id: 'reading', text: `These paths of the host can be read, but not written: ${read}.` }]),
    ...(isJailed ? [network(policy), processes(policy)] : []),
  ];
}

function network({ allowNetwork }: ResolvedPolicy): Statement {
  const text = allowNetwork ? 'The network can be used.' : 'There is no network: nothing can be downloaded.';
  return { id: 'network', text };
}

function processes({ allowSubprocess }: ResolvedPolicy): Statement {
  const text = allowSubprocess ? 'Other programs can be started.' : 'No other programs can be started.';
  return { id: 'processes', text };
}

function joined(places: readonly string[]): string {
  return `${places.slice(0, -1).join(', ')} and ${places.at(-1)}`;
}
