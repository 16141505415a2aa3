import type { ResolvedPolicy } from '../../policy/resolved-policy.js';
import type { Statement } from './describe-sandbox.js';

const KB = 1024;
const MB = 1024 * 1024;

/** What ends or cuts a run. */
export function describeLimits(policy: ResolvedPolicy): readonly Statement[] {
  const { recursionLimit } = policy;
  return [
    {
      id: 'time',
      text: `A run may last ${policy.timeoutMs / 1000} s and use ${policy.cpuSeconds} s of processor time.`,
    },
    { id: 'memory', text: `It may use ${policy.memoryBytes / MB} MB of memory.` },
    {
      id: 'threads',
      text: `It may have at most ${policy.maxProcesses} processes and threads at once, itself included, and ${policy.maxOpenFiles} open files.`,
    },
    {
      id: 'disk',
      text: `Its files may hold ${policy.diskBytes / MB} MB; at most ${policy.maxFiles} of those it leaves in the working directory are returned.`,
    },
    {
      id: 'output',
      text: `Of stdout and stderr ${policy.maxOutputBytes / KB} KB each are kept, head and tail; the result may have ${policy.maxResultBytes / KB} KB as JSON.`,
    },
    {
      id: 'code',
      text: `The code may have ${policy.maxCodeBytes} bytes and ${policy.maxAstNodes} syntax nodes.`,
    },
    ...(recursionLimit === 'python'
      ? []
      : [{ id: 'recursion', text: `Calls may nest ${recursionLimit} deep.` }]),
  ];
}
