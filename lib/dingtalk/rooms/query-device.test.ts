import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DOCUMENTED_SAMPLE } from '#lib/dingtalk/testing/documented-sample.ts';
import { DEVICES, failure, openScene, type Scene, TOKEN } from '#lib/dingtalk/testing/scene.ts';
import { json, text } from '#lib/dingtalk/testing/scripted-upstream.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

describe('the device query', () => {
  test('sends the documented request and returns the device with the raw response', async () => {
    scene.upstream.on(DEVICES, text(200, DOCUMENTED_SAMPLE));
    const { device, raw } = await scene.ask();
    expect(device.name).toBe('DingTalk Meeting Device_xxxx');
    expect(raw).toEqual(JSON.parse(DOCUMENTED_SAMPLE));
    const [token, question] = scene.upstream.seen;
    expect(token?.method).toBe('POST');
    expect(JSON.parse(token?.body ?? '')).toEqual({
      client_id: 'client',
      client_secret: 'canary-client-secret',
      grant_type: 'client_credentials',
    });
    expect(question?.method).toBe('GET');
    expect(Object.fromEntries(question?.url.searchParams ?? [])).toEqual({
      operatorUnionId: 'operator',
      deviceId: '1234',
    });
    expect(question?.headers).toMatchObject({
      'x-acs-dingtalk-access-token': 'canary-access-token',
      'accept-encoding': 'identity',
    });
  });

  test('sends a union ID as the only parameter, escaped', async () => {
    await scene.dingtalk.queryDevice({ by: 'unionId', id: 'a+b/c= iEiE&deviceId=9' }, 'o+p', {
      budgetMs: 5000,
      purpose: 'look-up',
    });
    expect(Object.fromEntries(scene.upstream.seen[1]?.url.searchParams ?? [])).toEqual({
      operatorUnionId: 'o+p',
      deviceUnionId: 'a+b/c= iEiE&deviceId=9',
    });
  });

  test.each<[DeviceRef, object, boolean]>([
    [{ by: 'deviceId', id: '1234' }, { deviceId: 1234 }, true],
    [{ by: 'deviceId', id: '1234' }, { deviceId: '1235' }, false],
    [{ by: 'deviceId', id: '1234' }, { deviceId: '1235', controllers: [{ deviceId: '1234' }] }, false],
    [{ by: 'deviceId', id: '1234' }, { deviceUnionId: 'u' }, true],
    [{ by: 'unionId', id: 'u' }, { deviceId: '1', deviceUnionId: 'u' }, true],
    [{ by: 'unionId', id: 'u' }, { deviceId: '1', deviceUnionId: 'U' }, false],
    [{ by: 'unionId', id: 'u' }, { deviceId: '1' }, true],
    [
      { by: 'unionId', id: 'u' },
      { deviceId: '1', deviceUnionId: 'v', controllers: [{ deviceUnionId: 'u' }] },
      false,
    ],
  ])('%o answered with %o is about the requested device: %s', async (ref, result, isAbout) => {
    scene.upstream.on(DEVICES, json(200, { result }));
    const asked = scene.dingtalk.queryDevice(ref, 'o', { budgetMs: 5_000, purpose: 'look-up' });
    if (isAbout) expect((await asked).raw).toEqual({ result });
    else expect((await failure(asked)).reason).toBe('dingtalk-confused.other-device');
  });

  test('makes no call without an operator', async () => {
    const error = await failure(
      scene.dingtalk.queryDevice({ by: 'deviceId', id: '1' }, '', { budgetMs: 5000, purpose: 'look-up' }),
    );
    expect(error.reason).toBe('dingtalk-refused.operator-missing');
    expect(scene.upstream.seen).toHaveLength(0);
  });

  test('reports each finished attempt as one fact', async () => {
    scene.upstream.on(DEVICES, json(403, { code: 'no.permission', requestid: 'R-1' }));
    await failure(scene.ask());
    expect(scene.calls).toEqual([
      {
        api: 'POST /v1.0/oauth2/{corpId}/token',
        status: 200,
        code: null,
        requestId: null,
        ms: 0,
        attempt: 1,
      },
      { api: `GET ${DEVICES}`, status: 403, code: 'no.permission', requestId: 'R-1', ms: 0, attempt: 1 },
    ]);
  });

  test('without an organization ID it gets its token from the older API', async () => {
    const other = await openScene({ corpId: null });
    other.upstream.on(
      '/v1.0/oauth2/accessToken',
      json(200, { accessToken: 'canary-access-token', expireIn: 7200 }),
    );
    await other.ask();
    expect(JSON.parse(other.upstream.seen[0]?.body ?? '')).toEqual({
      appKey: 'client',
      appSecret: 'canary-client-secret',
    });
    expect(other.upstream.count(TOKEN)).toBe(0);
    await other.close();
  });
});
