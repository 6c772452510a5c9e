import { describe, expect, test, vi } from 'vitest';
import type { AppError } from '#lib/domain/errors.ts';
import { createLimits } from './limits.ts';

const here = { address: '203.0.113.9' };
const callerFrom = (subject: string, source = here) => ({ operator: { subject }, source });
const ann = callerFrom('oidc:ann');

const outcomes = async (times: number, ask: () => Promise<void>) => {
  const all = await Promise.allSettled(Array.from({ length: times }, ask));
  return all.map((each) => (each.status === 'fulfilled' ? 'asked' : (each.reason as AppError).reason));
};

describe('the limits of queries', () => {
  test('allow so many a minute for a person, from any address', async () => {
    const { question } = createLimits({ questions: 3, searches: 100, signIns: 9 });
    let at = 0;
    const said = await outcomes(5, () => question({ ...ann, source: { address: `203.0.113.${at++}` } }));
    expect(said).toEqual([...Array(3).fill('asked'), ...Array(2).fill('too-many-questions.person')]);
    expect(await outcomes(1, () => question(callerFrom('oidc:bob')))).toEqual(['asked']);
  });

  test('allow six times that for an address, whoever sends them', async () => {
    const { question } = createLimits({ questions: 3, searches: 100, signIns: 9 });
    let who = 0;
    const said = await outcomes(20, () => question(callerFrom(`oidc:${who++}`)));
    expect(said.filter((each) => each === 'asked')).toHaveLength(18);
    expect(said.slice(-2)).toEqual(Array(2).fill('too-many-questions.address'));
  });

  test('say how long to wait, at least a second and at most the minute', async () => {
    const { search } = createLimits({ questions: 3, searches: 1, signIns: 9 });
    await search(ann);
    const error = await search(ann).catch((thrown: AppError) => thrown);
    expect(error).toMatchObject({ code: 'too-many-questions', status: 429 });
    expect((error as AppError).retryAfterSeconds).toBeGreaterThanOrEqual(1);
    expect((error as AppError).retryAfterSeconds).toBeLessThanOrEqual(60);
  });

  test('count queries and searches separately', async () => {
    const { question, search } = createLimits({ questions: 1, searches: 1, signIns: 9 });
    expect(await outcomes(1, () => question(ann))).toEqual(['asked']);
    expect(await outcomes(1, () => search(ann))).toEqual(['asked']);
  });
});

describe('the limits of sign-ins', () => {
  const limits = () => createLimits({ questions: 1, searches: 1, signIns: 9 });
  const at = (address: string) => ({ address });
  const TOO_MANY = 'too-many-questions.sign-ins';
  const refused = (said: string[]) => said.filter((each) => each === TOO_MANY).length;

  /** What is left of 200 attempts of each of ten addresses: the attack of a few that would stop everybody. */
  const attack = async (attempt: (source: { address: string }) => Promise<unknown>) => {
    const sources = Array.from({ length: 2_000 }, (_, each) => at(`198.51.100.${each % 10}`));
    const said = await Promise.all(
      sources.map((source) => outcomes(1, async () => void (await attempt(source)))),
    );
    return said.flat().filter((each) => each === 'asked').length;
  };

  test('allow so many a minute from an address, and few addresses block no other', async () => {
    const { beginSignIn } = limits();
    expect(refused(await outcomes(12, () => beginSignIn(here)))).toBe(3);
    expect(await attack(beginSignIn)).toBeLessThanOrEqual(90);
    expect(await outcomes(1, () => beginSignIn(at('192.0.2.1')))).toEqual(['asked']);
  });

  test('allow a third as many failures within ten minutes, also when they arrive at once', async () => {
    const { askProvider } = limits();
    const fail = async () => void (await askProvider(here));
    expect(refused(await outcomes(150, fail))).toBe(147);
    const error = await askProvider(here).catch((thrown: AppError) => thrown);
    expect((error as AppError).retryAfterSeconds).toBeGreaterThan(60);
    expect(await outcomes(1, async () => void (await askProvider(at('192.0.2.1'))))).toEqual(['asked']);
  });

  test('allow so many failures in total, and an address without failures can still sign in', async () => {
    const { askProvider } = limits();
    expect(await attack(askProvider)).toBe(30);
    const more = Array.from({ length: 40 }, (_, each) => at(`203.0.113.${each}`));
    const again = more.map((source) => outcomes(3, async () => void (await askProvider(source))));
    const said = (await Promise.all(again)).flat();
    // Twenty of the thirty that any addresses may repeat were taken before; the first of each is its own.
    expect(said.filter((each) => each === 'asked').length).toBeLessThanOrEqual(40 + 10);
    expect(await outcomes(1, async () => void (await askProvider(at('192.0.2.1'))))).toEqual(['asked']);
  });

  test('allow twenty times that in a minute for a provider, whatever the addresses', async () => {
    const { askProvider } = limits();
    let address = 0;
    const ask = async () => void (await askProvider(at(`2001:db8:${(address++).toString(16)}::1`)));
    expect(refused(await outcomes(300, ask))).toBe(300 - 180);
  });

  test('count no sign-in as a failure that was refused before the provider was asked', async () => {
    vi.useFakeTimers();
    try {
      const { askProvider } = limits();
      const fail = async () => void (await askProvider(here));
      let address = 0;
      await outcomes(180, async () => void (await askProvider(at(`192.0.2.${address++}`))));
      for (let time = 0; time < 5; time++) expect(await outcomes(1, fail)).toEqual([TOO_MANY]);
      await vi.advanceTimersByTimeAsync(61_000);
      expect(refused(await outcomes(3, fail))).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test('treat the addresses of one IPv6 network as one address', async () => {
    const { askProvider, beginSignIn, strayCallback, question } = limits();
    let host = 0;
    const source = () => at(`2001:db8:0:1::${(host++).toString(16)}`);
    expect(refused(await outcomes(20, async () => void (await askProvider(source()))))).toBe(17);
    expect(refused(await outcomes(20, () => beginSignIn(source())))).toBe(11);
    expect(refused(await outcomes(20, () => strayCallback(source())))).toBe(11);
    const asked = await outcomes(20, () => question(callerFrom(`oidc:${host}`, source())));
    expect(asked.filter((each) => each === 'too-many-questions.address')).toHaveLength(14);
  });

  test('count no successful sign-in as a failure, also when too many arrive at once', async () => {
    const { askProvider } = limits();
    const succeed = async () => (await askProvider(here))();
    for (let time = 0; time < 5; time++) expect(await outcomes(1, succeed)).toEqual(['asked']);
    const waiting = await Promise.allSettled(Array.from({ length: 12 }, () => askProvider(here)));
    for (const each of waiting) if (each.status === 'fulfilled') await each.value();
    expect(await outcomes(1, succeed)).toEqual(['asked']);
  });

  test('count callbacks without a pending sign-in separately', async () => {
    const { strayCallback, beginSignIn, askProvider } = limits();
    expect(refused(await outcomes(150, () => strayCallback(here)))).toBe(141);
    expect(await outcomes(1, () => beginSignIn(here))).toEqual(['asked']);
    expect(await outcomes(1, async () => void (await askProvider(here)))).toEqual(['asked']);
    expect(await outcomes(1, () => strayCallback(at('192.0.2.1')))).toEqual(['asked']);
  });
});
