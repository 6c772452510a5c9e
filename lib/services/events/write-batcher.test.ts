import { expect, test } from 'vitest';
import { manualClock } from '#lib/testing/clocks/manual-clock.ts';
import { createWriteBatcher } from './write-batcher.ts';

function gathering(write: (items: number[]) => void = () => undefined) {
  const written: number[][] = [];
  const lost: number[][] = [];
  const clock = manualClock();
  const batcher = createWriteBatcher<number>(
    clock,
    async (items) => {
      write(items);
      written.push(items);
    },
    (items) => void lost.push(items),
  );
  return { batcher, written, lost, clock };
}

test('writes what was added within a tenth of a second together and in order', async () => {
  const { batcher, written, clock } = gathering();
  for (const item of [1, 2, 3]) batcher.add(item);
  await clock.pass(99);
  expect(written).toEqual([]);
  await clock.pass(1);
  await expect.poll(() => written).toEqual([[1, 2, 3]]);
  batcher.add(4);
  await clock.pass(100);
  await expect.poll(() => written).toEqual([[1, 2, 3], [4]]);
});

test('writes at once when a caller waits, including later items', async () => {
  const { batcher, written } = gathering();
  batcher.add(1);
  await batcher.settled();
  expect(written).toEqual([[1]]);
  await batcher.settled();
  batcher.add(2);
  await batcher.settled();
  expect(written).toEqual([[1], [2]]);
});

test('reports what could not be written, and tries the next', async () => {
  let broken = true;
  const { batcher, written, lost } = gathering(() => {
    if (broken) throw new Error('full');
  });
  batcher.add(1);
  await batcher.settled();
  broken = false;
  batcher.add(2);
  await batcher.settled();
  expect({ written, lost }).toEqual({ written: [[2]], lost: [[1]] });
});
