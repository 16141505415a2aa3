import { describe, expect, test } from 'vitest';
import { createRunner } from '../../../src/index.js';
import { levelsHere } from '../../conformance/levels.js';
import { sciencePython } from '../../conformance/science-python.js';

const { file, skip } = sciencePython(['matplotlib', 'pandas']);
const PLOT = `
import os
import matplotlib.pyplot as plt
plt.hist([1, 2, 2])
plt.show()
result = sorted(os.listdir(os.environ['TMPDIR']))
`;
/** All that can be read as data, in one figure: what the worker writes of it is what the host takes. */
const ATLAS = `
import matplotlib.pyplot as plt
figure, axes = plt.subplots(4, 5)
draw = iter(axes.flat)
next(draw).plot([1, 2])
next(draw).scatter([1, 2], [3, 4])
next(draw).bar(['a', 'b'], [3, 4])
next(draw).barh(['a', 'b'], [3, 4])
next(draw).hist([1, 2, 2])
next(draw).pie([1, 3], labels=['p', 'q'])
next(draw).boxplot([[1, 2, 9]])
next(draw).violinplot([[1, 2, 9]])
next(draw).errorbar([1, 2], [3, 4], yerr=0.5)
next(draw).fill_between([1, 2], [3, 4])
next(draw).fill([0, 1, 1], [0, 0, 1])
next(draw).step([1, 2], [3, 4])
next(draw).stem([1, 2], [3, 4])
next(draw).imshow([[1, 2], [3, float('nan')]])
next(draw).pcolor([[1, 2], [3, 4]])
next(draw).imshow([[[0, 0, 0], [1, 1, 1]]])
next(draw).hexbin([1, 2, 3], [1, 2, 3], gridsize=2)
next(draw).contourf([[1, 2], [3, 4]])
for place in (19, 20):
    axes.flat[place - 1].remove()
    space = figure.add_subplot(4, 5, place, projection='3d')
    space.scatter([1], [2], [3]) if place == 19 else space.bar3d([0], [0], [0], 1, 1, 2)
`;
const KINDS = [
  ...['line', 'scatter', 'bar', 'bar', 'histogram', 'pie', 'box', 'violin', 'errorbar', 'area'],
  ...['polygon', 'step', 'stem', 'heatmap', 'heatmap', 'image', 'hexbin', 'contour', 'scatter3d', 'faces3d'],
];

/** What can be imported only where there is a home, and what is read only once. */
for (const level of await levelsHere()) {
  if (level.level === 'process') continue;
  const reason = skip ?? level.skip;
  describe.skipIf(reason !== null)(
    `plots from a preloaded matplotlib, level ${level.level}${reason === null ? '' : ` (skipped: ${reason})`}`,
    () => {
      test('are shown, and workers find nothing of the place in which it was imported', async () => {
        await using runner = await createRunner({
          policy: {
            pythonExecutable: file,
            memoryLimitMb: 512,
            timeoutSeconds: 60,
            blockedImports: [],
            isolation: { exactly: level.level },
          },
          warm: { size: 2, preload: ['pandas', 'matplotlib.pyplot'] },
        });
        for (let run = 0; run < 3; run += 1) {
          const { status, displays, result, stderr, denials } = await runner.run(PLOT);
          expect([status, displays.map(({ chart }) => chart?.type), result, stderr, denials]).toEqual([
            'ok',
            ['histogram'],
            [],
            '',
            [],
          ]);
        }
        const { status, displays, notes } = await runner.run(ATLAS);
        const chart = displays[0]?.chart;
        const charts = chart?.type === 'grid' ? chart.charts : [];
        expect([status, notes]).toEqual(['ok', []]);
        expect(charts.map(({ series }) => series.map(({ type }) => type).join())).toEqual(KINDS);
        expect(charts.map(({ type }) => type)).toEqual([...KINDS.slice(0, -2), '3d', '3d']);
      });
    },
  );
}
