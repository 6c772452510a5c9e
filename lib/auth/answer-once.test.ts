import { describe, expect, test } from 'vitest';
import { AppError } from '#lib/domain/errors.ts';
import { createLimits } from '#lib/services/access/limits.ts';
import { answerOnce, askWithin } from './answer-once.ts';

const ARRIVAL = { refusal: 'code-refused' };

function scene() {
  const spent = new Set<string>();
  const asked: string[] = [];
  const strays: string[] = [];
  const spend = async (state: string) => !spent.has(state) && Boolean(spent.add(state));
  const limits = createLimits({ questions: 1, searches: 1, signIns: 9 });
  const answer = (returned: string | undefined, sent: string | undefined, spendState = spend) =>
    answerOnce(
      {
        spendState,
        askProvider: () => limits.askProvider({ address: '192.0.2.7' }),
        strayCallback: async () => void strays.push(`${sent}`),
      },
      { returned, sent },
      async () => {
        asked.push(`${sent}`);
        return ARRIVAL;
      },
    );
  return { answer, asked, spent, strays };
}

describe('an answer of a provider', () => {
  test('is accepted once for each state, however often and concurrently it arrives', async () => {
    const { answer, asked, strays } = scene();
    const all = await Promise.all(Array.from({ length: 300 }, () => answer('one', 'one')));
    expect(all.filter((each) => each === ARRIVAL)).toHaveLength(1);
    expect(all.filter((each) => 'refusal' in each && each.refusal === 'state-used')).toHaveLength(299);
    expect(strays, 'counted where it cannot stop others').toHaveLength(299);
    expect(await answer('two', 'two')).toBe(ARRIVAL);
    expect(asked).toEqual(['one', 'two']);
  });

  test.each([
    ['another', 'one'],
    ['on', 'one'],
    [undefined, 'one'],
    ['one', undefined],
    ['', ''],
  ])('with the state %s where %s was sent is refused and uses up nothing', async (returned, sent) => {
    const { answer, asked, spent } = scene();
    expect(await answer(returned, sent)).toEqual({ refusal: 'state' });
    expect(asked).toEqual([]);
    expect(spent.size).toBe(0);
  });

  test('is refused when it cannot be determined whether it was used before', async () => {
    const { answer, asked } = scene();
    const broken = () => Promise.reject(new AppError('internal.store-lost'));
    expect(await answer('one', 'one', broken)).toEqual({ refusal: 'internal.store-lost' });
    expect(asked).toEqual([]);
  });

  test('that is invalid reaches the provider three times, whatever its states', async () => {
    const { answer, asked } = scene();
    const all = await Promise.allSettled(Array.from({ length: 150 }, (_, at) => answer(`${at}`, `${at}`)));
    expect(asked).toHaveLength(3);
    const refused = all.filter((each) => each.status === 'rejected');
    expect(refused.every(({ reason }) => reason.reason === 'too-many-questions.sign-ins')).toBe(true);
    expect(refused).toHaveLength(147);
  });

  test('with a foreign state leaves the failure limit unchanged', async () => {
    const { answer } = scene();
    for (let at = 0; at < 200; at++) await answer('made-up', 'one');
    expect(await answer('one', 'one')).toBe(ARRIVAL);
  });
});

describe('a provider that was asked', () => {
  const failuresAfter = async (refusal: string) => {
    let failures = 0;
    const askProvider = async () => {
      failures += 1;
      return async () => {
        failures -= 1;
      };
    };
    await askWithin({ askProvider }, async () => ({ refusal }));
    return failures;
  };

  test.each([
    'dingtalk-unreachable.no-answer',
    'dingtalk-unreachable.fault',
    'dingtalk-throttled.platform',
    'oidc-unreachable',
  ])('and answers %s has an outage, which is no failure of the person', async (refusal) => {
    expect(await failuresAfter(refusal)).toBe(0);
  });

  test.each(['code-refused', 'not-an-employee', 'oidc-code', 'dingtalk-confused.shape', 'internal.internal'])(
    'and answers %s counts as a failure',
    async (refusal) => {
      expect(await failuresAfter(refusal)).toBe(1);
    },
  );
});
