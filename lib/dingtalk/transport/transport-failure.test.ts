import { createServer, type Socket } from 'node:net';
import { errors } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEVICES, failure, goodToken, openScene, type Scene, TOKEN } from '#lib/dingtalk/testing/scene.ts';
import { text } from '#lib/dingtalk/testing/scripted-upstream.ts';
import { systemClock } from '#lib/server/system-clock.ts';
import { transportFailure } from './transport-failure.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const GOOD = '{"result":{"deviceId":"1234"}}';

/** A server that answers bytes instead of HTTP. */
async function rawServer(answer: (socket: Socket) => void) {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => answer(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return { origin: `http://127.0.0.1:${address.port}`, close: () => server.close() };
}

describe('no answer', () => {
  test('a refused connection is no-connection, with its host and cause', async () => {
    const gone = await rawServer(() => {});
    gone.close();
    const other = await openScene({ apiOrigin: gone.origin });
    const error = await failure(other.ask());
    expect(error.reason).toBe('dingtalk-unreachable.no-connection');
    expect(error.values).toEqual({ host: new URL(gone.origin).host, failure: 'ECONNREFUSED' });
    expect(other.calls).toHaveLength(3);
    expect(other.calls.at(-1)).toMatchObject({ status: null, code: null, attempt: 3 });
    await other.close();
  });

  test('a host that does not exist is no-connection, and not retried', async () => {
    const other = await openScene({ apiOrigin: 'http://no-such-host.invalid' });
    const error = await failure(other.ask());
    expect(error.reason).toBe('dingtalk-unreachable.no-connection');
    if (error.values.failure === 'ENOTFOUND') expect(other.calls).toHaveLength(1);
    await other.close();
  });

  test('https to a server without it is no-connection', async () => {
    const other = await openScene({ apiOrigin: scene.upstream.origin.replace('http:', 'https:') });
    expect((await failure(other.ask())).reason).toBe('dingtalk-unreachable.no-connection');
    await other.close();
  });

  test('a reset in the middle of the headers or the body is no-connection and retried', async () => {
    scene.upstream.on(
      DEVICES,
      (response) => response.socket?.resetAndDestroy(),
      (response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write(GOOD.slice(0, 10), () => response.socket?.resetAndDestroy());
      },
      text(200, GOOD),
    );
    expect((await scene.ask()).device.deviceId).toBe('1234');
    expect(scene.calls.map((call) => [call.status, call.attempt])).toEqual([
      [200, 1],
      [null, 1],
      [null, 2],
      [200, 3],
    ]);
  });

  test.each([
    ['with a length', { 'content-length': '100' }],
    ['in chunks', {}],
  ])('a body %s that ends early is no-connection', async (_, headers: Record<string, string>) => {
    scene.upstream.on(DEVICES, (response) => {
      response.writeHead(200, headers);
      response.write(GOOD, () => response.socket?.end());
    });
    expect((await failure(scene.ask())).reason).toBe('dingtalk-unreachable.no-connection');
  });

  test('an answer that is not HTTP is not-json', async () => {
    const ssh = await rawServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6 canary-access-token\r\n'));
    const other = await openScene({ apiOrigin: ssh.origin });
    expect((await failure(other.ask())).reason).toBe('dingtalk-confused.not-json');
    await other.close();
    ssh.close();
  });
});

describe('a late answer', () => {
  test('is abandoned after 3.5 seconds by the clock', async () => {
    scene.upstream.on(DEVICES, () => scene.clock.advance(3_499));
    const asked = failure(scene.ask(4_000));
    await systemClock.sleep(50);
    expect(scene.calls).toHaveLength(1);
    scene.clock.advance(1);
    expect((await asked).reason).toBe('dingtalk-unreachable.no-answer');
    expect(scene.calls.at(-1)).toMatchObject({ status: null, ms: 3_500 });
  });

  test('of one byte at a time delays a query no longer than the time allowed', async () => {
    let dripping: NodeJS.Timeout | undefined;
    scene.upstream.on(DEVICES, (response) => {
      response.writeHead(200);
      dripping = setInterval(() => response.write(' '), 5);
    });
    let isOver = false;
    const asked = failure(scene.ask(400)).finally(() => {
      isOver = true;
    });
    await expect.poll(() => dripping !== undefined).toBe(true);
    scene.clock.advance(399);
    await systemClock.sleep(50);
    expect(isOver).toBe(false);
    scene.clock.advance(1);
    expect((await asked).reason).toBe('dingtalk-unreachable.no-answer');
    clearInterval(dripping);
  });

  test('at the token call does not delay the query, and the refresh continues for the others', async () => {
    let answer = () => {};
    scene.upstream.on(TOKEN, (response, request) => {
      answer = () => goodToken(response, request);
    });
    const hasty = failure(scene.ask(300));
    const patient = scene.ask(9_000);
    await expect.poll(() => scene.upstream.count(TOKEN)).toBe(1);
    scene.clock.advance(300);
    expect((await hasty).reason).toBe('dingtalk-unreachable.no-answer');
    answer();
    expect((await patient).device.deviceId).toBe('1234');
    expect(scene.upstream.count(TOKEN)).toBe(1);
  });
});

test.each([
  [new errors.ConnectTimeoutError(), 'dingtalk-unreachable.no-connection'],
  [new errors.HeadersOverflowError(), 'dingtalk-confused.too-large'],
  [Object.assign(new Error('canary-access-token'), { code: 'ETIMEDOUT' }), 'dingtalk-unreachable.no-answer'],
  [Object.assign(new Error(), { code: 'CERT_HAS_EXPIRED' }), 'dingtalk-unreachable.no-connection'],
  [Object.assign(new Error(), { code: 'canary-access-token' }), 'dingtalk-unreachable.no-connection'],
  ['canary-access-token', 'dingtalk-unreachable.no-connection'],
])('%s is %s', async (thrown, reason) => {
  expect((await failure(Promise.reject(transportFailure(thrown, 'host')))).reason).toBe(reason);
});
