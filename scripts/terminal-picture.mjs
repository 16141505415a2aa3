// Writes docs/media/demo.png: the end of what `npm run demo` prints, drawn by Pillow in the jail. Needs a Python with Pillow
// and matplotlib, whose font it takes: npm run build && node scripts/terminal-picture.mjs [python]
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { orThrow, runCode } from '../dist/index.js';

const ROOT = join(import.meta.dirname, '..');
const WIDEST = 118;

const DRAW = `
import re, matplotlib
from PIL import Image, ImageDraw, ImageFont

fonts = matplotlib.get_data_path() + '/fonts/ttf/DejaVuSansMono'
plain, bold = (ImageFont.truetype(f'{fonts}{kind}.ttf', 26) for kind in ('', '-Bold'))
advance, height, margin = plain.getlength('m'), 38, 36
COLOURS = {'ok': '#7ee787', 'error': '#ffa657', 'blocked': '#ffa657', 'timeout': '#ffa657', 'memory_limit': '#ffa657',
           'disk_limit': '#ffa657', 'crashed': '#ffa657'}
width = int(max(map(len, lines)) * advance) + 2 * margin
image = Image.new('RGB', (width, len(lines) * height + 2 * margin), '#0d1117')
draw = ImageDraw.Draw(image)
heading = True
for row, line in enumerate(lines):
    y = margin + row * height
    title = row > 0 and not lines[row - 1] and row + 1 < len(lines) and not lines[row + 1]
    last = row == len(lines) - 1
    draw.text((margin, y), line, font=bold if title or last or row == 0 else plain,
              fill='#7ee787' if last else '#ffffff' if title or row == 0 else '#c9d1d9')
    for found in re.finditer(r'(?<= )(ok|error|blocked|timeout|memory_limit|disk_limit|crashed)(?= |$)', line):
        if found.start() in (12, 28):
            draw.text((margin + found.start() * advance, y), found.group(), font=plain, fill=COLOURS[found.group()])
image.quantize(24).save('demo.png', optimize=True)
`;

const printed = execFileSync(process.execPath, [join(ROOT, 'examples/demo.mjs')], { encoding: 'utf8' });
const end = printed.slice(printed.indexOf('The isolation that held')).trim();
const lines = ['$ npm run demo', '', ...end.split('\n')].map((line) =>
  line.length > WIDEST ? `${line.slice(0, WIDEST - 1)}…` : line,
);
const policy = {
  pythonExecutable: process.argv[2] ?? '/usr/bin/python3',
  memoryLimitMb: 1024,
  timeoutSeconds: 60,
};
const run = orThrow(await runCode(DRAW, { lines }, policy, { oneshot: true }));
writeFileSync(join(ROOT, 'docs/media/demo.png'), run.file('demo.png'));
