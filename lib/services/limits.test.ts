import { describe, expect, test } from 'vitest';
import type { AppError } from '#lib/domain/errors.ts';
import { createLimits } from './limits.ts';

const ann = { subject: 'oidc:ann' };
const here = { address: '203.0.113.9' };

const outcomes = async (times: number, ask: () => Promise<void>) => {
  const all = await Promise.allSettled(Array.from({ length: times }, ask));
  return all.map((each) => (each.status === 'fulfilled' ? 'asked' : (each.reason as AppError).reason));
};

describe('how often people may ask', () => {
  test('is so many times a minute for a person, wherever they ask from', async () => {
    const { question } = createLimits({ questions: 3, searches: 100, signIns: 9 });
    let at = 0;
    const said = await outcomes(5, () => question(ann, { address: `203.0.113.${at++}` }));
    expect(said).toEqual([...Array(3).fill('asked'), ...Array(2).fill('too-many-questions.person')]);
    expect(await outcomes(1, () => question({ subject: 'oidc:bob' }, here))).toEqual(['asked']);
  });

  test('is six times that for an address, whoever asks from there', async () => {
    const { question } = createLimits({ questions: 3, searches: 100, signIns: 9 });
    let who = 0;
    const said = await outcomes(20, () => question({ subject: `oidc:${who++}` }, here));
    expect(said.filter((each) => each === 'asked')).toHaveLength(18);
    expect(said.slice(-2)).toEqual(Array(2).fill('too-many-questions.address'));
  });

  test('says how long to wait, at least a second and at most the minute', async () => {
    const { search } = createLimits({ questions: 3, searches: 1, signIns: 9 });
    await search(ann, here);
    const error = await search(ann, here).catch((thrown: AppError) => thrown);
    expect(error).toMatchObject({ code: 'too-many-questions', status: 429 });
    expect((error as AppError).retryAfterSeconds).toBeGreaterThanOrEqual(1);
    expect((error as AppError).retryAfterSeconds).toBeLessThanOrEqual(60);
  });

  test('is counted for questions and for searches by themselves', async () => {
    const { question, search } = createLimits({ questions: 1, searches: 1, signIns: 9 });
    expect(await outcomes(1, () => question(ann, here))).toEqual(['asked']);
    expect(await outcomes(1, () => search(ann, here))).toEqual(['asked']);
  });
});

describe('how often people may sign in', () => {
  const limits = () => createLimits({ questions: 1, searches: 1, signIns: 9 });
  const at = (address: string) => ({ address });
  const TOO_MANY = 'too-many-questions.sign-ins';
  const refused = (said: string[]) => said.filter((each) => each === TOO_MANY).length;

  test('is so many times a minute from an address, and ten times that from all', async () => {
    const { beginSignIn } = limits();
    expect(refused(await outcomes(12, () => beginSignIn(here)))).toBe(3);
    let address = 0;
    expect(refused(await outcomes(200, () => beginSignIn(at(`${address++}`))))).toBe(200 - (90 - 9));
  });

  test('those that fail are a third as many within ten minutes, also when they come at once', async () => {
    const { finishSignIn } = limits();
    const fail = async () => void (await finishSignIn(here));
    expect(refused(await outcomes(150, fail))).toBe(147);
    const error = await finishSignIn(here).catch((thrown: AppError) => thrown);
    expect((error as AppError).retryAfterSeconds).toBeGreaterThan(0);
    expect(await outcomes(1, async () => void (await finishSignIn(at('192.0.2.1'))))).toEqual(['asked']);
  });

  test('those that succeed count as no failure', async () => {
    const { finishSignIn } = limits();
    const succeed = async () => (await finishSignIn(here))();
    for (let time = 0; time < 8; time++) expect(await outcomes(1, succeed)).toEqual(['asked']);
  });
});
