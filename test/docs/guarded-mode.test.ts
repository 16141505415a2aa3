import { expect, test } from 'vitest';
import { CURATED_CALLABLES, type CuratedEntry } from '../../src/policy/curated-callables.js';

const INTRO = `# Guarded mode

\`policy.allow\` lists what the code may call. Everything else that it calls by writing a call, but for what it defines itself and a curated part of the standard library, is refused with the entry to add. **It is a guide rail against accidents and a help for models; the boundary is the kernel** ([threat model](threat-model.md)).

\`\`\`js
import { runCode } from 'pungi';

const policy = { allow: ['colorsys.rgb_to_hsv', { shutil: ['disk_usage'] }] };
const good = await runCode('import shutil\\nresult = shutil.disk_usage(".").total > 0', {}, policy);
good.result; // true
const bad = await runCode('import shutil\\nshutil.rmtree("data")', {}, policy);
bad.status; // 'blocked'
bad.error.message; // "Call of 'shutil.rmtree' is not allowed by policy (line 2). Add 'shutil.rmtree' to allow."
\`\`\`

## Entries

| entry | allows |
| --- | --- |
| \`'numpy.array'\` | one function, or the making of one class |
| \`'pandas.DataFrame.head'\` | one method, wherever the object came from |
| \`{ 'pandas.DataFrame': ['head', 'describe'] }\` | the class and these methods; of a module, these functions |
| \`{ 'pandas.DataFrame': '*' }\`, \`'numpy.*'\` | all of a class; all of a module and of what lies beneath it |
| \`'*'\` | everything: only the rules are left |
| \`[]\` | nothing beside the curated list |

A callable counts by what it is, not by the name that the code gives it: \`from os import remove as r\` changes nothing. Names are those of modules and classes, not aliases. An entry whose module is not loaded waits until the code imports it; one that names nothing allows nothing.

## Rules

\`['to_csv', { kind: 'argPath', pos: 0, kw: 'path_or_buf' }]\` in place of a member's name looks at the arguments first. Positions count from 0 without \`self\`; an argument that is absent, and one that is no path, is not looked at. Written where the policy does not let it: \`Writing '/etc/x' is not allowed; writable: ('.',)\`, and the kernel refuses it in any case.

| kind | looks at |
| --- | --- |
| \`argPath\` (\`pos\`, \`kw\`) | the argument is a path that may be written |
| \`selfPath\` (\`pos\`, \`kw\`, both optional) | the object itself, and the argument if one is named, are paths that may be written |
| \`openMode\` | the path, where the mode writes: \`open(path, mode)\` or \`path.open(mode)\` |
| \`extension\` (\`allow\`, \`pos\`, \`kw\`) | the path (the object itself when no argument is named) may be written and ends in one of \`allow\` |

A rule holds over the curated list and over a \`'*'\`.

## What is not seen

- What is called without a call in the code: \`map(f, xs)\`, \`sorted(key=f)\`, \`functools.reduce\`, callbacks, operators, \`with\`, \`for\`, properties. The call that hands them over is seen; \`functools.partial\` and \`f.__call__\` are looked into when called.
- What an allowed callable does. \`eval\` and \`exec\` are not on the list: code that they run is not guarded, once they are added.
- Code that sets out to get round it. Names that lead to the guard (\`co_consts\`, \`__closure__\`, frames, loaders) are refused in the source and in \`getattr\`, and an assignment cannot make a listed name of something else; but Python has more doors than any list.

## What it costs

Nothing without \`allow\`. With it some 8 ms once where the interpreter starts (ahead of need in a pool), and for each call that the code itself writes, on CPython 3.11: 0.1 to 0.2 µs, beside 0.02 to 0.07 µs for the bare call (a loop of 300,000 calls of a function, a builtin, a method or a class of the code's own). Calls inside libraries cost nothing.

## The curated list

Allowed from the start, and looked through name by name: what only computes, reads what may be read, or writes where the policy lets it. A rule stands behind its name.
`;

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function members({ members: given, rules }: CuratedEntry): string {
  if (given === 'all') return 'all';
  const ruled = Object.entries(rules ?? {}).map(([name, { kind }]) => `\`${name}\` (${kind})`);
  return [...given.map((name) => `\`${name}\``), ...ruled].join(', ');
}

const table = [
  line(['name', 'members', 'why']),
  line(['---', '---', '---']),
  ...CURATED_CALLABLES.map((entry) => line([`\`${entry.name}\``, members(entry), entry.reason])),
];

test('docs/guarded-mode.md is what the list says; -u writes it again', async () => {
  await expect(`${INTRO}\n${table.join('\n')}\n`).toMatchFileSnapshot('../../docs/guarded-mode.md');
});
