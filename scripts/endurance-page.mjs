// Prints docs/endurance.md, or with `--plot` docs/media/endurance.svg, from the record of a run of test/endurance.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const RECORD = join(import.meta.dirname, '../bench/results-endurance.json');
const { at, machine, seconds, callers, levels, done, failures, note, actions, rounds } = JSON.parse(
  readFileSync(RECORD, 'utf8'),
);

const SERIES = [
  ['Node, heap in use, MB', ({ measures }) => measures.memory.nodeHeapKb / 1024],
  ['Node, resident, MB', ({ measures }) => measures.memory.nodeKb / 1024],
  ['supervisors, resident, MB', ({ measures }) => measures.memory.supervisorsKb / 1024],
  ['zygotes, resident, MB', ({ measures }) => measures.memory.zygotesKb / 1024],
  ['processes', ({ measures }) => measures.counts.processes],
  ['descriptors of supervisors and zygotes', ({ measures }) => measures.counts.descriptors],
  ['descriptors of Node', ({ measures }) => measures.counts.nodeDescriptors],
  ['control groups', ({ measures }) => measures.counts.cgroups],
  ['temporary files', ({ measures }) => measures.counts.files],
  ['actions done in the round', ({ done: ofRound }) => ofRound],
];

const round = (value) => Math.round(value * 10) / 10;

process.stdout.write(process.argv.includes('--plot') ? plots() : page());

function page() {
  const least = (of) => round(Math.min(...rounds.map(of)));
  const most = (of) => round(Math.max(...rounds.map(of)));
  const loads = rounds.map(({ load }) => load);
  return `# Endurance

\`npm run endurance\` has ${callers} callers at once do whatever comes: good programs, files, functions of the host, sessions, branches and checkpoints, aborts, deadlines, floods, bombs, deaths, and the attack corpus, at the levels ${levels.join(' and ')}, in runners, in shared pools and cold. Every answer is checked whole. Between rounds the load pauses, and what is held is counted: nothing may grow. CI does it for two minutes.

This page is made by \`node scripts/endurance-page.mjs\` from \`bench/results-endurance.json\`, the record of

\`\`\`sh
PUNGI_ENDURANCE_SECONDS=${seconds} PUNGI_ENDURANCE_RECORD=bench/results-endurance.json npm run endurance
\`\`\`

Taken on ${at.slice(0, 10)}: ${seconds / 60} minutes on a machine with ${machine.cores} processors, Linux ${machine.kernel}, Node ${machine.node.slice(1)}, as ${machine.uid === 0 ? 'root' : 'an ordinary user'}. Other programs used the same processors all the time (load ${round(Math.min(...loads))} to ${round(Math.max(...loads))}), so the times are those of a crowded machine and no measure of speed; [performance](performance.md) has those.

**${done.toLocaleString('en-US')} actions, ${failures.length === 0 ? 'no wrong answer and no lost run' : `${failures.length} without the answer that they should have had`}.**
${failures.length === 0 ? '' : `\n${failures.map((text) => `- ${text.replaceAll('\n', ' ')}`).join('\n')}\n\n${note}\n`}
## What was held

![Each of the values below, over time](media/endurance.svg)

| at the end of each round | first | least | most | last |
| --- | --- | --- | --- | --- |
${SERIES.map(([name, of]) => `| ${[name, round(of(rounds[0])), least(of), most(of), round(of(rounds.at(-1)))].join(' | ')} |`).join('\n')}

## What was done

| action | times | p50 ms | p95 ms | longest ms |
| --- | --- | --- | --- | --- |
${actions.map(({ name, count, p50, p95, most: longest }) => `| ${[name, count, p50, p95, longest].join(' | ')} |`).join('\n')}

What each does is in \`test/endurance/\`.
`;
}

/** One small chart for each value, from zero on, so that growth cannot hide in a scale. */
function plots() {
  const [width, height, gap] = [420, 90, 46];
  const rows = Math.ceil(SERIES.length / 2);
  const charts = SERIES.map(([name, of], index) => {
    const [left, top] = [20 + (index % 2) * (width + 40), 30 + Math.floor(index / 2) * (height + gap)];
    const values = rounds.map(of);
    const highest = Math.max(...values);
    const points = rounds.map(({ seconds: x }, each) => {
      const across = left + (x / rounds.at(-1).seconds) * width;
      return `${round(across)},${round(top + height - (values[each] / highest) * height)}`;
    });
    return `<text x="${left}" y="${top - 8}">${name}: at most ${round(highest)}</text>
<path d="M${left} ${top}V${top + height}H${left + width}" class="axis"/>
<polyline points="${points.join(' ')}"/>`;
  });
  const size = `${2 * width + 80} ${rows * (height + gap) + 30}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size}" font-family="sans-serif" font-size="13">
<title>What Node and its trees held, over time</title>
<style>text{fill:#555}polyline{fill:none;stroke:#2a7d4f;stroke-width:2}.axis{fill:none;stroke:#999}</style>
${charts.join('\n')}
</svg>
`;
}
