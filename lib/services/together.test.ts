import { expect, test } from 'vitest';
import { systemClock } from '#lib/system-clock.ts';
import { createTogether } from './together.ts';

function gathering(write: (items: number[]) => void = () => undefined) {
  const written: number[][] = [];
  const lost: number[][] = [];
  const together = createTogether<number>(
    systemClock,
    async (items) => {
      write(items);
      written.push(items);
    },
    (items) => void lost.push(items),
  );
  return { together, written, lost };
}

test('what comes within a moment is written together, in order, by itself', async () => {
  const { together, written } = gathering();
  for (const item of [1, 2, 3]) together.add(item);
  expect(written).toEqual([]);
  await expect.poll(() => written).toEqual([[1, 2, 3]]);
  together.add(4);
  await expect.poll(() => written).toEqual([[1, 2, 3], [4]]);
});

test('whoever waits for it has it written at once, and later items too', async () => {
  const { together, written } = gathering();
  together.add(1);
  const began = performance.now();
  await together.settled();
  expect(written).toEqual([[1]]);
  expect(performance.now() - began).toBeLessThan(90);
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
