// A program that calls tools: one run in place of many turns of a model, which was told of them by `describeFunctions`.
//   node examples/tools.mjs
import { z } from 'zod';
import { createRunner, defineFunction, orThrow } from '../dist/index.js';

const PRICES = { apples: 1.2, bread: 3.5, cheese: 9.8, dates: 7.1 };
const orders = [];

const functions = {
  shop: {
    search: defineFunction({
      description: 'Names of what is sold.',
      output: z.array(z.string()),
      execute: () => Object.keys(PRICES),
    }),
    price: defineFunction({
      description: 'What one of it costs.',
      input: z.object({ name: z.string().describe('As search gives it.') }),
      output: z.number(),
      execute: async ({ name }) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        if (!Object.hasOwn(PRICES, name)) throw new RangeError(`nothing is called ${name}`);
        return PRICES[name];
      },
    }),
    order: defineFunction({
      description: 'Buy something.',
      input: z.object({ name: z.string(), count: z.number().int().positive().default(1) }),
      // Here a person could be asked; the run is held meanwhile.
      approve: ({ arguments: { count } }) => (count <= 3 ? true : { deny: 'at most 3 of each' }),
      execute: ({ name, count }) => {
        orders.push(`${count} ${name}`);
      },
    }),
  },
};

/** As a language model would write it. */
const PROGRAM = `
import asyncio

names = shop.search()
prices = dict(zip(names, await asyncio.gather(*[shop.price_async(name) for name in names])))
for name in sorted(prices, key=prices.get)[:2]:
    try:
        shop.order(name, count=5)
    except PermissionError as error:
        print(error)
        shop.order(name, count=3)
result = prices
`;

const runner = await createRunner({ functions, warm: { size: 1 } });
console.log((await runner.describe()).split('\n').slice(-18).join('\n'));
const run = orThrow(await runner.run(PROGRAM));
await runner.close();

console.log(run.stdout);
for (const { name, argumentText, outcome, durationMs } of run.calls) {
  console.log(`${name}(${argumentText}): ${outcome}, ${durationMs.toFixed(1)} ms`);
}
console.log('ordered:', orders.join(', '));
if (orders.join() !== '3 apples,3 bread') throw new Error('the program ordered something else');
