import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Tester } from '../tester.ts';

let app: Tester;
beforeAll(async () => {
  app = await Tester.start({ controlPort: 0 });
});
beforeEach(() => app.control('POST', '/reset'));
afterAll(() => app.simulator.close());

describe('the controls', () => {
  test('list themselves', async () => {
    const { controls } = await app.control('GET', '/');
    expect(controls).toContainEqual({
      method: 'PATCH',
      path: '/__control/devices/{deviceId}',
      body: expect.any(String),
      meaning: expect.any(String),
    });
    expect(await app.control('GET', '/nothing')).toHaveProperty('error');
  });

  test('are at both transports, and are alone at their own', async () => {
    expect((await app.call('GET', '/__control/clock')).status).toBe(200);
    const elsewhere = await fetch(`${app.simulator.controlOrigin}/v1.0/rooms/devices`);
    expect(elsewhere.status).toBe(404);
  });

  test('change a device, take a field away, add one that is unknown', async () => {
    const changed = await app.control('PATCH', '/devices/1234', {
      deviceStatus: 'conf_running',
      devMic: null,
      devMood: { today: 'fine' },
    });
    expect(changed).toMatchObject({
      deviceId: '1234',
      deviceStatus: 'conf_running',
      devMood: { today: 'fine' },
    });
    expect((await app.device({ deviceId: '1234' })).body).toEqual({ result: changed });
    expect(changed).not.toHaveProperty('devMic');
  });

  test('change a controller where its device shows it', async () => {
    await app.control('PATCH', '/devices/2345', { deviceStatus: 'offline' });
    expect(await app.control('GET', '/devices/1234')).toMatchObject({
      controllers: [{ deviceId: '2345', deviceStatus: 'offline' }],
    });
  });

  test('find a device under the union id it was given', async () => {
    await app.control('PATCH', '/devices/1234', { deviceUnionId: 'another' });
    expect((await app.device({ deviceUnionId: 'another' })).body.result).toMatchObject({ deviceId: '1234' });
    expect((await app.device({ deviceUnionId: 'lmvUxxxxx' })).body.code).toBe('device.not.found');
  });

  test('remove a device, and bring everything back', async () => {
    expect(await app.control('DELETE', '/devices/1234')).toEqual({ removed: '1234' });
    expect((await app.device({ deviceId: '1234' })).body.code).toBe('device.not.found');
    expect((await app.rooms('meetingRooms/7263xxxxx')).body.result).toMatchObject({ deviceUnionIds: [] });
    await app.control('POST', '/reset');
    expect((await app.device({ deviceId: '1234' })).status).toBe(200);
  });

  test('count calls by path and forget them on demand', async () => {
    await app.device({ deviceId: '1234' });
    await app.call('GET', '/no/such/path');
    expect(await app.control('GET', '/calls')).toEqual({
      paths: {
        'POST /v1.0/oauth2/accessToken': { calls: 1, counted: 0, refused: 0 },
        'GET /v1.0/rooms/devices': { calls: 1, counted: 1, refused: 0 },
        'GET (unknown)': { calls: 1, counted: 0, refused: 0 },
      },
      total: 3,
      counted: 1,
    });
    expect(await app.control('DELETE', '/calls')).toEqual({ paths: {}, total: 0, counted: 0 });
  });

  test('wait until no call is in flight', async () => {
    expect(await app.control('POST', '/calls/settle')).toEqual({ settled: true, inFlight: 0 });
    await app.control('PUT', '/faults', { path: '*', fault: 'hang', seconds: 300 });
    const calling = app.call('GET', '/no/such/path');
    await expect.poll(async () => (await app.control('GET', '/calls')).total).toBe(1);
    const early = await app.control('POST', '/calls/settle', { seconds: 0.1 });
    expect(early).toEqual({ settled: false, inFlight: 1 });
    const answered = calling.then(() => 'answered');
    const settling = app.control('POST', '/calls/settle');
    await app.control('DELETE', '/faults');
    expect(await Promise.race([answered, settling]), 'settled after the answer').toBe('answered');
    expect(await settling).toEqual({ settled: true, inFlight: 0 });
  });

  test('answer calls that a fault holds back when faults are cleared', async () => {
    const order = (fault: string, args: object) =>
      app.control('PUT', '/faults', { path: '*', fault, times: 1, ...args });
    const unknown = (await app.call('GET', '/no/such/path')).body;
    for (const [fault, args] of [
      ['hang', { seconds: 300 }],
      ['slow', { ms: 300_000 }],
      ['drip', { ms: 300_000 }],
    ] as const) {
      await order(fault, args);
      await app.control('DELETE', '/calls');
      const calling = app.call('GET', '/no/such/path');
      await expect.poll(async () => (await app.control('GET', '/calls')).total).toBe(1);
      await app.control('DELETE', '/faults');
      expect((await calling).body, fault).toEqual(unknown);
    }
  });

  test('move the clock both ways', async () => {
    await app.control('POST', '/clock', { advanceSeconds: 100 });
    expect(await app.control('POST', '/clock', { advanceSeconds: -40 })).toEqual({
      now: expect.any(String),
      offsetSeconds: 60,
    });
  });

  test.each([
    ['PUT', '/faults', { path: '*', fault: 'nonsense' }],
    ['PUT', '/faults', { path: 'devices', fault: 'http-500' }],
    ['PUT', '/faults', { path: '*', fault: 'http-500', times: 0 }],
    ['PUT', '/limits', { qps: 'many' }],
    ['PUT', '/limits', { nothing: 1 }],
    ['PUT', '/sign-in', { returns: 'token' }],
    ['POST', '/clock', {}],
    ['POST', '/calls/settle', { seconds: 'some' }],
    ['POST', '/codes', { unionId: 'nobody' }],
    ['PATCH', '/devices/none', {}],
  ])('refuse %s %s with %o', async (method, path, body) => {
    expect(await app.control(method, path, body)).toEqual({ error: expect.any(String) });
  });
});
