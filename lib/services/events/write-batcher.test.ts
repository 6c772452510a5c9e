import { expect, test } from 'vitest';
import { manualClock } from '#lib/testing/clocks/manual-clock.ts';
import { createTogether } from './write-batcher.ts';

function gathering(write: (items: number[]) => void = () => undefined) {
  const written: number[][] = [];
  const lost: number[][] = [];
  const clock = manualClock();
  const together = createTogether<number>(
    clock,
    async (items) => {
      write(items);
      written.push(items);
    },
    (items) => void lost.push(items),
  );
  return { together, written, lost, clock };
}

test('writes what was added within a tenth of a second together and in order', async () => {
  const { together, written, clock } = gathering();
  for (const item of [1, 2, 3]) together.add(item);
  await clock.pass(99);
  expect(written).toEqual([]);
  await clock.pass(1);
  await expect.poll(() => written).toEqual([[1, 2, 3]]);
  together.add(4);
  await clock.pass(100);
  await expect.poll(() => written).toEqual([[1, 2, 3], [4]]);
});

test('writes at once when a caller waits for it, later items too', async () => {
  const { together, written } = gathering();
  together.add(1);
  await together.settled();
  expect(written).toEqual([[1]]);
  await together.settled();
  together.add(2);
  await together.settled();
  expect(written).toEqual([[1], [2]]);
});

test('what could not be written is told, and the next is tried again', async () => {
  let broken = true;
  const { together, written, lost } = gathering(() => {
    if (broken) throw new Error('full');
  });
  together.add(1);
  await together.settled();
  broken = false;
  together.add(2);
  await together.settled();
  expect({ written, lost }).toEqual({ written: [[2]], lost: [[1]] });
});
