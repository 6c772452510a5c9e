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
    const { question } = createLimits({ questions: 3, searches: 100 });
    let at = 0;
    const said = await outcomes(5, () => question(ann, { address: `203.0.113.${at++}` }));
    expect(said).toEqual([...Array(3).fill('asked'), ...Array(2).fill('too-many-questions.person')]);
    expect(await outcomes(1, () => question({ subject: 'oidc:bob' }, here))).toEqual(['asked']);
  });

  test('is six times that for an address, whoever asks from there', async () => {
    const { question } = createLimits({ questions: 3, searches: 100 });
    let who = 0;
    const said = await outcomes(20, () => question({ subject: `oidc:${who++}` }, here));
    expect(said.filter((each) => each === 'asked')).toHaveLength(18);
    expect(said.slice(-2)).toEqual(Array(2).fill('too-many-questions.address'));
  });

  test('says how long to wait, at least a second and at most the minute', async () => {
    const { search } = createLimits({ questions: 3, searches: 1 });
    await search(ann, here);
    const error = await search(ann, here).catch((thrown: AppError) => thrown);
    expect(error).toMatchObject({ code: 'too-many-questions', status: 429 });
    expect((error as AppError).retryAfterSeconds).toBeGreaterThanOrEqual(1);
    expect((error as AppError).retryAfterSeconds).toBeLessThanOrEqual(60);
  });

  test('is counted for questions and for searches by themselves', async () => {
    const { question, search } = createLimits({ questions: 1, searches: 1 });
    expect(await outcomes(1, () => question(ann, here))).toEqual(['asked']);
    expect(await outcomes(1, () => search(ann, here))).toEqual(['asked']);
  });
});
