import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Tester } from '../tester.ts';
import { SAMPLE_CONTROLLER, SAMPLE_DEVICE } from '../world/documented-sample.ts';

let app: Tester;
beforeAll(async () => {
  app = await Tester.start();
});
beforeEach(() => app.control('POST', '/reset'));
afterAll(() => app.simulator.close());

describe('the device query', () => {
  test('answers the documented sample word for word, by either id', async () => {
    const byId = await app.device({ deviceId: '1234' });
    expect(byId.status).toBe(200);
    expect(JSON.stringify(byId.body)).toBe(JSON.stringify({ result: SAMPLE_DEVICE }));
    expect((await app.device({ deviceUnionId: 'lmvUxxxxx' })).body).toEqual(byId.body);
  });

  test('answers for controllers too', async () => {
    expect((await app.device({ deviceId: '2345' })).body).toEqual({ result: SAMPLE_CONTROLLER });
    const { controllerIds } = await app.scenario('twoControllers');
    const controller = await app.device({ deviceId: String(controllerIds[0]) });
    expect(controller.body.result).toMatchObject({ deviceId: controllerIds[0], deviceStatus: 'idle' });
  });

  test('follows the device id when both are given', async () => {
    const { deviceId = '' } = await app.scenario('idle');
    const response = await app.device({ deviceId, deviceUnionId: 'lmvUxxxxx' });
    expect(response.body.result).toMatchObject({ deviceId });
  });

  test.each([
    ['an unknown device', { deviceId: '99' }, 400, 'device.not.found'],
    ['neither id', {}, 400, 'param.error'],
    ['an empty operator', { deviceId: '1234', operatorUnionId: '' }, 400, 'param.error'],
    ['an unknown operator', { deviceId: '1234', operatorUnionId: 'nobody' }, 400, 'param.error'],
    [
      'an operator without the right',
      { deviceId: '1234', operatorUnionId: 'simOutsiderUnionId' },
      403,
      'no.permission',
    ],
  ])('refuses %s', async (_what, query, status, code) => {
    const { body, ...response } = await app.device(query as Record<string, string>);
    expect(response.status).toBe(status);
    expect(body).toEqual({ code, message: expect.any(String), requestid: expect.any(String) });
  });

  test('accepts its token only in its own header', async () => {
    const token = await app.token();
    const query = 'deviceId=1234&operatorUnionId=simOperatorUnionId';
    for (const [search, headers] of [
      [query, {}],
      [`${query}&access_token=${token}`, {}],
      [query, { authorization: `Bearer ${token}` }],
    ] as const) {
      const response = await app.call('GET', `/v1.0/rooms/devices?${search}`, { headers });
      expect(response.status).toBe(400);
      expect(response.body.code).toBe('AuthenticationFailed.MissingParameter');
      expect(response.body.message).toBe('缺少参数：x-acs-dingtalk-access-token');
    }
    const wrong = await app.device({ deviceId: '1234' }, 'wrong');
    expect(wrong).toMatchObject({
      status: 400,
      body: { code: 'InvalidAuthentication', message: '不合法的access_token' },
    });
  });
});

describe('the device properties', () => {
  const ask = async (query: string, body: unknown) => {
    const headers = { 'x-acs-dingtalk-access-token': await app.token() };
    const path = '/v1.0/rooms/devices/properties/query?operatorUnionId=simOperatorUnionId';
    return app.post(`${path}&${query}`, body, headers);
  };

  test('are names and values of the device record', async () => {
    const response = await ask('deviceId=1234', { propertyNames: ['dev_app_status', 'dev_code'] });
    expect(response.body).toEqual({
      result: [
        { propertyName: 'dev_app_status', propertyValue: 'offline' },
        { propertyName: 'dev_code', propertyValue: '123456' },
      ],
    });
  });

  test('are all ten by default, and never more', async () => {
    expect((await ask('deviceId=1234', {})).body.result).toHaveLength(10);
    const names = Array.from({ length: 11 }, () => 'dev_code');
    expect((await ask('deviceId=1234', { propertyNames: names })).body.code).toBe('param.error');
  });
});

test('a path that does not exist is answered with 200', async () => {
  const response = await app.call('GET', '/v1.0/rooms/nothing');
  expect(response).toMatchObject({ status: 200, body: { errcode: 404, errmsg: '请求的URI地址不存在' } });
  expect((await app.call('POST', '/topapi/nothing')).body).toMatchObject({ errcode: 22 });
});
