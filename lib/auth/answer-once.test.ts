import { describe, expect, test } from 'vitest';
import { AppError } from '#lib/domain/errors.ts';
import { answerOnce } from './answer-once.ts';

const ARRIVAL = { refusal: 'code-refused' };

function scene() {
  const spent = new Set<string>();
  const asked: string[] = [];
  const spend = async (state: string) => !spent.has(state) && Boolean(spent.add(state));
  const answer = (returned: string | undefined, sent: string | undefined, by = spend) =>
    answerOnce(by, { returned, sent }, async () => {
      asked.push(`${sent}`);
      return ARRIVAL;
    });
  return { answer, asked, spent };
}

describe('an answer of a provider', () => {
  test('is taken once for each state, however often and at once it is brought', async () => {
    const { answer, asked } = scene();
    const all = await Promise.all(Array.from({ length: 300 }, () => answer('one', 'one')));
    expect(all.filter((each) => each === ARRIVAL)).toHaveLength(1);
    expect(all.filter((each) => 'refusal' in each && each.refusal === 'state-used')).toHaveLength(299);
    expect(await answer('two', 'two')).toBe(ARRIVAL);
    expect(asked).toEqual(['one', 'two']);
  });

  test.each([
    ['another', 'one'],
    ['on', 'one'],
    [undefined, 'one'],
    ['one', undefined],
    ['', ''],
  ])('with the state %s where %s was sent is refused, and spends nothing', async (returned, sent) => {
    const { answer, asked, spent } = scene();
    expect(await answer(returned, sent)).toEqual({ refusal: 'state' });
    expect(asked).toEqual([]);
    expect(spent.size).toBe(0);
  });

  test('is not taken when it cannot be known whether it was before', async () => {
    const { answer, asked } = scene();
    const broken = () => Promise.reject(new AppError('internal.store-lost'));
    expect(await answer('one', 'one', broken)).toEqual({ refusal: 'internal.store-lost' });
    expect(asked).toEqual([]);
  });
});
