import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningSimulator, startSimulator } from './start-simulator.ts';

const SECRET = `SECsimulated${'0'.repeat(52)}`;

describe('group robots', () => {
  let simulator: RunningSimulator;
  beforeAll(async () => {
    simulator = await startSimulator({ port: 0 });
  });
  beforeEach(() => control('POST', '/reset'));
  afterAll(() => simulator.close());

  const control = async (method: string, path: string, body?: object) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${simulator.origin}/__control${path}`, {
      ...{ method, headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    return response.json();
  };
  const send = async (query: Record<string, string>, body: object = MESSAGE) => {
    const response = await fetch(`${simulator.origin}/robot/send?${new URLSearchParams(query)}`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    });
    expect(response.status).toBe(200);
    return ((await response.json()) as { errcode: number }).errcode;
  };
  const MESSAGE = { msgtype: 'markdown', markdown: { title: 'Title', text: '#### Text' } };
  const signed = (at: number, secret = SECRET) => ({
    ...{ access_token: 'simulatedsignedrobot', timestamp: String(at) },
    sign: createHmac('sha256', secret).update(`${at}\n${secret}`).digest('base64'),
  });

  test('keep what they are told', async () => {
    expect(await send({ access_token: 'simulatedrobot' })).toBe(0);
    expect(await control('GET', '/robots')).toMatchObject({
      messages: [{ token: 'simulatedrobot', title: 'Title', text: '#### Text' }],
    });
  });

  test('refuse an unknown token, an empty message and another type, all with 200', async () => {
    expect(await send({ access_token: 'unknown' })).toBe(300005);
    expect(await send({ access_token: 'simulatedrobot' }, { msgtype: 'markdown' })).toBe(40035);
    expect(await send({ access_token: 'simulatedrobot' }, { msgtype: 'text' })).toBe(400105);
  });

  test('with a secret want to be signed with it, within an hour', async () => {
    expect(await send(signed(Date.now()))).toBe(0);
    expect(await send({ access_token: 'simulatedsignedrobot' })).toBe(310000);
    expect(await send(signed(Date.now(), 'SECother'))).toBe(310000);
    expect(await send(signed(Date.now() - 2 * 3_600_000))).toBe(310000);
  });

  test('are deaf for ten minutes after more than twenty messages in one', async () => {
    for (let nth = 0; nth < 20; nth += 1) expect(await send({ access_token: 'simulatedrobot' })).toBe(0);
    expect(await send({ access_token: 'simulatedrobot' })).toBe(130101);
    await control('POST', '/clock', { advanceSeconds: 9 * 60 });
    expect(await send({ access_token: 'simulatedrobot' })).toBe(130101);
    await control('POST', '/clock', { advanceSeconds: 2 * 60 });
    expect(await send({ access_token: 'simulatedrobot' })).toBe(0);
  });
});
