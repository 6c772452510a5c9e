import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createJumpingClock } from '#lib/dingtalk/testing/jumping-clock.ts';
import { DEVICES, failure, goodToken, openScene, type Scene, TOKEN } from '#lib/dingtalk/testing/scene.ts';
import { json } from '#lib/dingtalk/testing/scripted-upstream.ts';
import { createDeadline } from '#lib/dingtalk/transport/deadline.ts';
import { createAccessToken } from './access-token.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const fetches = () => scene.upstream.count(TOKEN);
const life = (seconds: unknown) =>
  scene.upstream.on(TOKEN, json(200, { access_token: 'canary-access-token', expires_in: seconds }));

describe('the access token', () => {
  test('is fetched once for ten concurrent queries', async () => {
    await Promise.all(Array.from({ length: 10 }, () => scene.ask()));
    expect(fetches()).toBe(1);
  });

  test.each([
    [7200, 6600],
    [1000, 900],
    ['7200', 6600],
    [10, 9],
    [1e300, 85_800],
  ])('of %s seconds is kept for %i', async (seconds, kept) => {
    life(seconds);
    await scene.ask();
    scene.clock.advance(kept * 1000 - 1);
    await scene.ask();
    expect(fetches()).toBe(1);
    scene.clock.advance(1);
    await scene.ask();
    expect(fetches()).toBe(2);
  });

  test('expires by its lifetime alone, in wall time', async () => {
    expect(scene.dingtalk.tokenState()).toBeNull();
    scene.clock.advance(500);
    const obtainedAt = scene.clock.now();
    scene.upstream.on(TOKEN, (response, request) => {
      scene.clock.advance(30);
      goodToken(response, request);
    });
    await scene.ask();
    expect(scene.dingtalk.tokenState()).toEqual({ obtainedAt, expiresAt: obtainedAt + 7_200_000 });
    scene.upstream.on(DEVICES, json(400, { code: 'InvalidAuthentication' }));
    scene.upstream.on(TOKEN, json(500, { code: 'server.error' }));
    await failure(scene.ask());
    expect(scene.dingtalk.tokenState()).toBeNull();
  });

  test('does not last longer because wall time stepped back', async () => {
    const stepping = { ...scene.clock, now: () => 0 };
    const other = await openScene({ clock: stepping });
    await other.ask();
    scene.clock.advance(6_600_000);
    await other.ask();
    expect(other.upstream.count(TOKEN)).toBe(2);
    await other.close();
  });

  test.each([
    ['no life', { access_token: 'canary-access-token' }],
    ['a lifetime of zero', { access_token: 'canary-access-token', expires_in: 0 }],
    ['no token', { expires_in: 7200 }],
    ['a token that no header can carry', { access_token: 'canary-access-token\n', expires_in: 7200 }],
    ['a token with a lone surrogate', { access_token: '\ud800canary-access-token', expires_in: 7200 }],
    ['a token that is no text', { access_token: { a: 'canary-access-token' }, expires_in: 7200 }],
  ])('with %s is dingtalk-confused.shape', async (_, body) => {
    scene.upstream.on(TOKEN, json(200, body));
    expect((await failure(scene.ask())).reason).toBe('dingtalk-confused.shape');
  });

  test('that could not be fetched is fetched for the next query', async () => {
    scene.upstream.on(TOKEN, json(400, { code: 'invalid.client' }));
    const both = await Promise.all([failure(scene.ask()), failure(scene.ask())]);
    expect(both.map((error) => error.reason)).toEqual(Array(2).fill('dingtalk-refused.credentials'));
    expect(fetches()).toBe(1);
    life(7200);
    await scene.ask();
    expect(fetches()).toBe(2);
  });

  test('is dropped only by its own name', async () => {
    const clock = createJumpingClock();
    let number = 0;
    const token = createAccessToken(
      { apiOrigin: 'http://x', clientId: 'c', clientSecret: 's', corpId: null },
      async () => ({
        body: { accessToken: `t${++number}`, expireIn: 7200 },
        said: { status: 200, code: null, requestId: null },
      }),
      clock,
    );
    const get = () => token.get(createDeadline(clock, 1000));
    expect(await get()).toBe('t1');
    token.drop('t0');
    expect(await get()).toBe('t1');
    token.drop('t1');
    expect(await get()).toBe('t2');
    token.drop('t1');
    expect(await get()).toBe('t2');
  });
});
