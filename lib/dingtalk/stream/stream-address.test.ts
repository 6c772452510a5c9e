import { describe, expect, test } from 'vitest';
import type { Call } from '#lib/dingtalk/client/call.ts';
import { createJumpingClock } from '#lib/dingtalk/testing/jumping-clock.ts';
import { AppError } from '#lib/domain/errors.ts';
import { askForStreamAddress } from './stream-address.ts';

const said = { status: 200, code: null, requestId: null };

async function ask(apiOrigin: string, body: Record<string, unknown>) {
  const calls: Call[] = [];
  const app = { apiOrigin, clientId: 'client', clientSecret: 'secret' };
  const answer = async (call: Call) => {
    calls.push(call);
    return { body, said };
  };
  const url = await askForStreamAddress(app, answer, createJumpingClock()).catch((error) => {
    expect(error).toBeInstanceOf(AppError);
    return (error as AppError).reason;
  });
  return { url, calls };
}

const HTTPS = 'https://api.dingtalk.io';
const HTTP = 'http://127.0.0.1:4010';

describe('the address of a stream', () => {
  test.each([
    [HTTPS, 'wss://wss.test:443/connect', 'wss://wss.test/connect?ticket=a%2Bb%26c%20d'],
    [HTTPS, 'wss://wss.test/connect?region=1#part', 'wss://wss.test/connect?region=1&ticket=a%2Bb%26c%20d'],
    [HTTPS, 'wss://name:word@wss.test/', 'wss://wss.test/?ticket=a%2Bb%26c%20d'],
    [HTTP, 'ws://127.0.0.1:4010/connect', 'ws://127.0.0.1:4010/connect?ticket=a%2Bb%26c%20d'],
    [HTTPS, 'ws://wss.test/connect', 'dingtalk-confused.shape'],
    [HTTPS, 'https://wss.test/connect', 'dingtalk-confused.shape'],
    [HTTP, 'file:///connect', 'dingtalk-confused.shape'],
  ])('requested from %s and answered with %s is %s', async (apiOrigin, endpoint, url) => {
    expect((await ask(apiOrigin, { endpoint, ticket: 'a+b&c d' })).url).toBe(url);
  });

  test('is requested once and not as a metered call: the stream itself retries', async () => {
    const { calls } = await ask(HTTPS, {});
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ origin: HTTPS, once: true });
    expect(calls[0]?.purpose).toBeUndefined();
  });
});
