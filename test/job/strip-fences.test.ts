import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PungiError } from '../../src/errors/pungi-error.js';
import { prepareCode } from '../../src/job/prepare-code.js';
import { stripFences } from '../../src/job/strip-fences.js';

describe('fences', () => {
  test.each<[string, string, string]>([
    ['none', 'x = 1\ny = 2', 'x = 1\ny = 2'],
    ['one', '```python\nx = 1\n```', '\nx = 1\n'],
    ['one among words', "Here's it:\n```py\nx = 1\n```\nThat's all", '\n\nx = 1\n\n'],
    ['without a tag', '```\nx = 1\n```', '\nx = 1\n'],
    ['two', '```python\nx = 1\n```\nthen\n```python\ny = x\n```', '\nx = 1\n\n\n\ny = x\n'],
    ['another language is left out', '```bash\nls\n```\n```python\nx = 1\n```', '\n\n\n\nx = 1\n'],
    ['never closed', '```python\nx = 1\ny = 2', '\nx = 1\ny = 2'],
    ['tildes', '~~~ python\nx = 1\n~~~', '\nx = 1\n'],
    ['longer ones hold shorter ones', '````python\nx = """\n```\n"""\n````', '\nx = """\n```\n"""\n'],
    ['attributes', '```{.python .numberLines}\nx = 1\n```', '\nx = 1\n'],
    ['a title', '```python title="a.py"\nx = 1\n```', '\nx = 1\n'],
    ['indented a little', '  ```python\nx = 1\n  ```', '\nx = 1\n'],
    ['carriage returns', '```python\r\nx = 1\r\n```', '\nx = 1\n'],
    ['in a string of plain code', 'x = """\n```python\ny\n```\n"""', 'x = """\n```python\ny\n```\n"""'],
    ['inline code is none', 'x = 1 # ```python``` is a fence', 'x = 1 # ```python``` is a fence'],
  ])('%s', (_title, text, code) => {
    expect(stripFences(text)).toBe(code);
  });

  test('every line keeps its number', () => {
    const line = fc.constantFrom(
      '```python',
      '```',
      'x = 1',
      '%magic',
      '"""',
      "it's",
      '!ls',
      '(',
      ')',
      '# c',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        expect(stripFences(lines.join('\n')).split('\n')).toHaveLength(Math.max(1, lines.length));
      }),
    );
  });
});

describe('magics', () => {
  test.each<[string, string, string]>([
    ['a line magic', '%matplotlib inline\nx = 1', '\nx = 1'],
    ['a shell escape', '!pip install x\nx = 1', '\nx = 1'],
    ['help', 'x = 1\nx?\n?x\nx.y??', 'x = 1\n\n\n'],
    ['in a block', 'if x:\n    %pip install y\nz = 1', 'if x:\n    pass\nz = 1'],
    ['a timed statement', '%time x = f(1)\n%timeit -n 10 g()', 'x = f(1)\ng()'],
    ['a timed cell', '%%time\nx = 1', '\nx = 1'],
    ['a cell of another language stays a syntax error', '%%bash\nls', '%%bash\nls'],
    ['a cell magic is the first line only', 'x = 1\n%%time\ny', 'x = 1\n%%time\ny'],
    ['a remainder', 'x = (a\n% b)', 'x = (a\n% b)'],
    ['a remainder after a backslash', 'x = a \\\n% b', 'x = a \\\n% b'],
    ['a string', 'x = """\n%magic\n!ls\n"""', 'x = """\n%magic\n!ls\n"""'],
    ['after a comment with quotes', '# it\'s """\n%magic', '# it\'s """\n'],
    ['after a string with brackets', 'x = "(["\n%magic', 'x = "(["\n'],
    ['after an escaped quote', "x = 'it\\'s ('\n%magic", "x = 'it\\'s ('\n"],
    ['comparison is no shell escape', 'x != y', 'x != y'],
  ])('%s', (_title, text, code) => {
    expect(stripFences(text)).toBe(code);
  });
});

describe('prepareCode', () => {
  test.each([
    ['```python\nx\n```', false, '```python\nx\n```'],
    ['```python\nx\n```', true, '\nx\n'],
  ])('%j with stripFences %s', (code, on, expected) => {
    expect(prepareCode(code, null, { maxCodeBytes: 100, stripFences: on })).toBe(expected);
  });

  test('says when nothing is left', () => {
    const strip = (): string =>
      prepareCode('```bash\nls\n```', null, { maxCodeBytes: 100, stripFences: true });
    expect(strip).toThrow(PungiError);
    expect(strip).toThrow('Without its fences and magics the code is empty: no fence holds Python.');
  });
});
