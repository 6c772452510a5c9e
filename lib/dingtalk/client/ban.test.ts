import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEVICES, failure, openScene, type Scene, TOKEN } from '#lib/dingtalk/testing/scene.ts';
import { json } from '#lib/dingtalk/testing/scripted-upstream.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

// Letter for letter from DingTalk docs: how-to-process-api-throttling-on-the-dingtalk-server.
const BANNED = json(200, { status: 1111, wait: 5, source: 'x5', punish: 'deny', uuid: 'xxx' });

test('a ban of the server’s address stops all calls for five minutes, then they continue', async () => {
  scene.upstream.on(DEVICES, BANNED, json(200, { result: { deviceId: '1234' } }));
  const first = await failure(scene.ask());
  expect(first.reason).toBe('dingtalk-throttled.banned');
  expect(first.retryAfterSeconds).toBe(300);
  expect(first.upstream).toEqual({ status: 200, code: '1111', requestId: null });

  scene.clock.advance(120_500);
  const second = await failure(scene.ask());
  expect(second.reason).toBe('dingtalk-throttled.banned');
  expect(second.retryAfterSeconds).toBe(180);
  await failure(scene.dingtalk.directory.signIn('code'));
  expect(scene.upstream.seen).toHaveLength(2);

  scene.clock.advance(179_499);
  await failure(scene.ask());
  scene.clock.advance(1);
  expect((await scene.ask()).device.deviceId).toBe('1234');
});

test('a ban at the token call also stops the device call', async () => {
  scene.upstream.on(TOKEN, BANNED);
  expect((await failure(scene.ask())).reason).toBe('dingtalk-throttled.banned');
  await failure(scene.ask());
  expect(scene.upstream.seen).toHaveLength(1);
});

test('a ban under another status and without its number is recognized by its punishment field', async () => {
  scene.upstream.on(DEVICES, json(403, { punish: 'deny' }));
  expect((await failure(scene.ask())).reason).toBe('dingtalk-throttled.banned');
});
