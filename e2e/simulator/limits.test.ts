import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Tester } from './tester.ts';

let app: Tester;
beforeAll(async () => {
  app = await Tester.start();
});
beforeEach(() => app.control('POST', '/reset'));
afterAll(() => app.simulator.close());

const limit = (limits: object) => app.control('PUT', '/limits', limits);
const advance = (advanceSeconds: number) => app.control('POST', '/clock', { advanceSeconds });

async function codes(times: number): Promise<unknown[]> {
  const token = await app.token();
  const responses = await Promise.all(
    Array.from({ length: times }, () => app.device({ deviceId: '1234' }, token)),
  );
  return responses
    .map(({ status, body }) => (status === 200 ? 'fine' : `${status} ${String(body.code)}`))
    .sort();
}

// A machine that stalls for a second lets more calls pass than the window would: then once more.
const patient = { retry: 2 };

describe('the rate', patient, () => {
  test('per second refuses what is above it, for each API by itself', async () => {
    await limit({ qps: 3 });
    expect(await codes(5)).toEqual([
      ...Array(2).fill('403 Forbidden.AccessDenied.QpsLimitForAppkeyAndApi'),
      ...Array(3).fill('fine'),
    ]);
    expect((await app.rooms('groupLists')).status).toBe(200);
  });

  test('per second lets calls pass again a second later', async () => {
    await limit({ qps: 1 });
    await codes(2);
    await advance(1.001);
    expect(await codes(1)).toEqual(['fine']);
  });

  test('per minute has a code of its own', async () => {
    await limit({ qps: 0, qpm: 2 });
    expect(await codes(3)).toEqual(['403 Forbidden.AccessDenied.QpmLimitForAppkeyAndApi', 'fine', 'fine']);
    await advance(61);
    expect(await codes(1)).toEqual(['fine']);
  });

  test('of the old API has an errcode and status 200', async () => {
    await limit({ qps: 1 });
    const path = `/topapi/user/getbyunionid?access_token=${await app.token()}`;
    const ask = () => app.post(path, { unionid: 'simViewerUnionId' });
    const responses = await Promise.all([ask(), ask()]);
    expect(responses.map(({ status }) => status)).toEqual([200, 200]);
    expect(responses.map(({ body }) => body.errcode).sort()).toEqual([0, 90018]);
  });
});

describe('the monthly quota', patient, () => {
  test('ends in a refusal that names the figures', async () => {
    await limit({ monthly: 2 });
    expect(await codes(3)).toEqual(['403 Forbidden.AccessDenied.ApiCountLimitForOrg', 'fine', 'fine']);
    const { body } = await app.device({ deviceId: '1234' });
    expect(body.message).toContain('调用量:3次,额度:2次');
  });

  test('counts neither throttled nor exempt calls nor bad tokens, but counts business errors', async () => {
    await limit({ qps: 2 });
    await codes(4);
    await app.device({ deviceId: '1234' }, 'wrong');
    await advance(2);
    await app.device({ deviceId: 'none' });
    await app.post(`/topapi/user/getbyunionid?access_token=${await app.token()}`, { unionid: 'x' });
    const calls = await app.control('GET', '/calls');
    expect(calls.counted).toBe(3);
    expect(calls.paths).toMatchObject({
      'GET /v1.0/rooms/devices': { calls: 6, counted: 3, refused: 2 },
      'POST /topapi/user/getbyunionid': { calls: 1, counted: 0, refused: 0 },
    });
    expect((await app.control('GET', '/limits')).spentThisMonth).toBe(3);
  });

  test('begins anew with the month in Shanghai', async () => {
    const { now } = await app.control('GET', '/clock');
    const inShanghai = new Date(Date.parse(String(now)) + 8 * 3_600_000);
    const monthEnd = Date.UTC(inShanghai.getUTCFullYear(), inShanghai.getUTCMonth() + 1, 1);
    const left = (monthEnd - inShanghai.getTime()) / 1_000;
    await advance(left - 60);
    await limit({ monthly: 1 });
    await codes(1);
    expect(await codes(1)).toEqual(['403 Forbidden.AccessDenied.ApiCountLimitForOrg']);
    await advance(120);
    expect(await codes(1)).toEqual(['fine']);
  });
});
