// A search over branches: where several next steps are possible, each is tried in a copy of the living interpreter.
// Run it with `node examples/search.mjs` after `npm run build`.
import { createRunner } from '../dist/index.js';

const runner = await createRunner({ policy: { timeoutSeconds: 5 }, maxSessions: 32 });
const root = await runner.session();

// Loaded and prepared once; every branch has it without doing it again.
await root.run(`
numbers, target = [3, 4, 1, 6], 24
found = []`);

const IDEAS = ['a / b', 'b / a', 'a - b', 'b - a', 'a * b', 'a + b'];

/** Depth first: fork, combine two of the numbers in the branch, go on from there. */
async function search(session, count) {
  if (count === 1) {
    const { result } = await session.run('abs(numbers[0][0] - target) < 1e-9 and numbers[0][1]');
    return result === false ? null : result;
  }
  for (let first = 0; first < count; first += 1) {
    for (let second = first + 1; second < count; second += 1) {
      for (const idea of IDEAS) {
        const branch = await session.fork();
        const step = await branch.run(
          `
numbers = [n if isinstance(n, tuple) else (n, str(n)) for n in numbers]
(a, left), (b, right) = numbers[input_data['first']], numbers[input_data['second']]
value = eval(input_data['idea'])
text = '(' + input_data['idea'].replace('a', '<').replace('b', '>').replace('<', left).replace('>', right) + ')'
numbers = [n for i, n in enumerate(numbers) if i not in (input_data['first'], input_data['second'])] + [(value, text)]`,
          { first, second, idea },
        );
        // A division by zero ends this branch, and no other.
        const solution = step.ok ? await search(branch, count - 1) : null;
        await branch.close('kill');
        branches += 1;
        if (solution !== null) return solution;
      }
    }
  }
  return null;
}

let branches = 0;
const started = performance.now();
console.log(`24 = ${await search(root, 4)}`);
const seconds = (performance.now() - started) / 1000;
console.log(
  `${branches} branches in ${seconds.toFixed(1)} s, ${((1000 * seconds) / branches).toFixed(1)} ms each`,
);
console.log(`the session itself is as it was: ${(await root.run('numbers')).resultRepr}`);
await runner.close();
