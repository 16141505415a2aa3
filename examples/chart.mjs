// Analyses a CSV file in the jail, shows the chart as data, and saves it as chart.png in the current directory.
// Needs a Python with pandas and matplotlib: node examples/chart.mjs [python]
import { writeFileSync } from 'node:fs';
import { createRunner, orThrow } from '../dist/index.js';

const CSV = `month,region,sales
2026-01,north,120
2026-01,south,80
2026-02,north,135
2026-02,south,95
2026-03,north,128
2026-03,south,124
2026-04,north,160
2026-04,south,131
2026-05,north,172
2026-05,south,158
2026-06,north,169
2026-06,south,187
`;

/** As a language model would write it: nothing in it knows of pungi. */
const ANALYSIS = `
import pandas as pd
import matplotlib.pyplot as plt

table = pd.read_csv('sales.csv').pivot(index='month', columns='region', values='sales')
table.plot.bar(title='Sales by region', ylabel='units', rot=0)
plt.show()

(table.sum() - table.iloc[0] * len(table)).rename('growth').to_frame()
`;

const pythonExecutable = process.argv[2] ?? '/usr/bin/python3';
const runner = await createRunner({
  policy: { pythonExecutable, memoryLimitMb: 512, timeoutSeconds: 20 },
  warm: { size: 1, preload: ['pandas', 'matplotlib.pyplot'] },
});
const result = orThrow(await runner.run(ANALYSIS, {}, { files: { 'sales.csv': CSV } }));
await runner.close();

const [plot, table] = result.displays;
if (plot?.chart?.type !== 'bar') throw new Error('the analysis showed no bar chart');
console.log(`${plot.chart.title}, ${plot.chart.axes.y.label}:`);
for (const { label, points } of plot.chart.series) {
  console.log(`  ${label}: ${points.map((point) => `${point.label} ${point.value}`).join(', ')}`);
}
console.log('growth since the first month:', JSON.stringify(table?.data['application/json']));
writeFileSync('chart.png', Buffer.from(plot.data['image/png'], 'base64'));
console.log(
  `chart.png written; the run took ${result.usage.wallMs.toFixed(0)} ms at level ${result.isolation.level}`,
);
