import { expect, test } from 'vitest';
import { createRunQueue } from '../../../src/engines/warm/run-queue.js';

const item = (name: number): { name: number } => ({ name });

function drain(queue: { shift(): { name: number } | null }): number[] {
  const names: number[] = [];
  for (let next = queue.shift(); next !== null; next = queue.shift()) names.push(next.name);
  return names;
}

test('first in, first out', () => {
  const queue = createRunQueue<{ name: number }>();
  for (const name of [1, 2, 3]) queue.push(item(name));
  expect(queue.size).toBe(3);
  expect(drain(queue)).toEqual([1, 2, 3]);
  expect(queue.shift()).toBe(null);
  queue.push(item(4));
  expect(drain(queue)).toEqual([4]);
});

test('one is removed from the middle, once', () => {
  const queue = createRunQueue<{ name: number }>();
  const [first, second, third] = [item(1), item(2), item(3)];
  for (const each of [first, second, third]) queue.push(each);
  expect([queue.remove(second), queue.remove(second), queue.remove(item(9))]).toEqual([true, false, false]);
  expect(queue.size).toBe(2);
  expect(drain(queue)).toEqual([1, 3]);
});

test('what is put back comes first, also into an empty queue', () => {
  const queue = createRunQueue<{ name: number }>();
  queue.pushFront(item(0));
  for (const name of [1, 2]) queue.push(item(name));
  const taken = queue.shift();
  expect(taken?.name).toBe(0);
  queue.pushFront(item(5));
  queue.pushFront(item(6));
  expect(drain(queue)).toEqual([6, 5, 1, 2]);
});

test('a hundred thousand in turn, with removals, stay in order', () => {
  const queue = createRunQueue<{ name: number }>();
  const items = Array.from({ length: 100_000 }, (_, name) => item(name));
  for (const each of items) queue.push(each);
  for (const each of items) if (each.name % 3 === 0) queue.remove(each);
  expect(drain(queue)).toEqual(items.map((each) => each.name).filter((name) => name % 3 !== 0));
});
