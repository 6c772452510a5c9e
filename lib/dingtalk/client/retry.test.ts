import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEVICES, failure, openScene, type Scene, TOKEN } from '#lib/dingtalk/testing/scene.ts';
import { json, text } from '#lib/dingtalk/testing/scripted-upstream.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
  await scene.ask();
});
afterEach(() => scene.close());

const GOOD = json(200, { result: { deviceId: '1234' } });
const DENIED = 'Forbidden.AccessDenied.';
const answer = (status: number, code: string) => json(status, { code, requestid: 'R' });

/** The number of queries after the first success, and the waits in between. */
const asked = () => ({ times: scene.upstream.count(DEVICES) - 1, waits: scene.clock.waits });

describe('a retry', () => {
  test.each([
    ['a counted fault', answer(500, 'system.error'), [500]],
    ['a failed group read', answer(500, 'group.query.error'), [500]],
    ['a gateway timeout', answer(504, 'Gateway Timeout'), [500]],
    ['an operation that timed out', answer(503, 'operationTimeout'), [500]],
    ['502 with HTML', text(502, '<html>'), [500]],
    ['our own rate', answer(403, `${DENIED}QpsLimitForAppkeyAndApi`), [1000, 1000]],
    ['the rate limit of the platform', answer(403, `${DENIED}QpsLimitForApi`), [1000, 2000]],
    ['a busy service', answer(429, 'system.busy'), [500]],
  ])('helps after %s', async (_, bad, waits) => {
    scene.upstream.on(DEVICES, bad);
    await failure(scene.ask());
    expect(asked()).toEqual({ times: waits.length + 1, waits });
    scene.upstream.on(DEVICES, bad, GOOD);
    expect((await scene.ask()).device.deviceId).toBe('1234');
  });

  test.each([
    [400, 'device.not.found'],
    [403, 'no.permission'],
    [403, `${DENIED}AccessTokenPermissionDenied`],
    [403, `${DENIED}IpNotInWhiteList`],
    [403, `${DENIED}ApiCountLimitForOrg`],
    [403, `${DENIED}QpmLimitForAppkeyAndApi`],
    [400, 'invalidClientIdOrSecret'],
    [400, 'nobody.knows'],
    [500, 'unknownError'],
  ])('does not help after %i %s', async (status, code) => {
    scene.upstream.on(DEVICES, answer(status, code));
    await failure(scene.ask());
    expect(asked()).toEqual({ times: 1, waits: [] });
  });

  test('never exceeds the time budget: a wait that leaves no time is not started', async () => {
    scene.upstream.on(DEVICES, answer(403, `${DENIED}QpsLimitForApi`));
    await failure(scene.ask(1_199));
    expect(asked()).toEqual({ times: 1, waits: [] });
    await failure(scene.ask(1_200));
    expect(asked()).toEqual({ times: 3, waits: [1000] });
  });

  test('does not start when there is no time', async () => {
    const other = await openScene();
    for (const budgetMs of [0, -5, 199]) {
      expect((await failure(other.ask(budgetMs))).reason).toBe('dingtalk-unreachable.no-answer');
    }
    expect(other.upstream.seen).toHaveLength(0);
    await other.close();
  });

  test('shortens the last attempt to the remaining time', async () => {
    scene.upstream.on(DEVICES, answer(502, ''), () => scene.clock.advance(2_500));
    expect((await failure(scene.ask(3_000))).reason).toBe('dingtalk-unreachable.no-answer');
    expect(scene.calls.at(-1)?.ms).toBe(2_500);
  });

  test('waits up to twice as long at random, so that clients do not return together', async () => {
    const other = await openScene({ random: () => 0.5 });
    other.upstream.on(DEVICES, answer(502, ''));
    await failure(other.ask());
    expect(other.clock.waits).toEqual([750]);
    await other.close();
  });

  test('stops when the last error is another one', async () => {
    scene.upstream.on(DEVICES, answer(502, ''), answer(403, 'no.permission'));
    expect((await failure(scene.ask())).reason).toBe('dingtalk-refused.operator');
    expect(asked().times).toBe(2);
  });
});

describe('an invalid token', () => {
  const bad = answer(400, 'InvalidAuthentication');

  test('is dropped, fetched again and tried once more', async () => {
    scene.upstream.on(TOKEN, json(200, { access_token: 'canary-access-token-2', expires_in: 7200 }));
    scene.upstream.on(DEVICES, bad, GOOD);
    expect((await scene.ask()).device.deviceId).toBe('1234');
    expect(scene.upstream.count(TOKEN)).toBe(2);
    expect(scene.upstream.seen.at(-1)?.headers['x-acs-dingtalk-access-token']).toBe('canary-access-token-2');
  });

  test('is refused the second time', async () => {
    scene.upstream.on(DEVICES, bad);
    expect((await failure(scene.ask())).reason).toBe('dingtalk-refused.token');
    expect(asked().times).toBe(2);
    expect(scene.upstream.count(TOKEN)).toBe(2);
  });

  test('is also recognized by the old error', async () => {
    scene.upstream.on(DEVICES, json(200, { errcode: 88, sub_code: '40014' }), GOOD);
    expect((await scene.ask()).device.deviceId).toBe('1234');
  });

  test('is not assumed when a permission is missing', async () => {
    scene.upstream.on(DEVICES, answer(403, `${DENIED}AccessTokenPermissionDenied`));
    await failure(scene.ask());
    expect(scene.upstream.count(TOKEN)).toBe(1);
    expect(asked().times).toBe(1);
  });
});
