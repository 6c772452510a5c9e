import { afterEach, describe, expect, test } from 'vitest';
import { json } from '#lib/dingtalk/testing/scripted-upstream.ts';
import {
  eventFrame,
  openStreamScene,
  type StreamScene,
  systemFrame,
  until,
} from '#lib/dingtalk/testing/stream-scene.ts';
import { systemClock } from '#lib/server/system-clock.ts';

let scene: StreamScene;
afterEach(() => scene.close());

const begin = async (...options: Parameters<typeof openStreamScene>) => {
  scene = await openStreamScene(...options);
};
const open = async (...options: Parameters<typeof openStreamScene>) => {
  await begin(...options);
  return scene.connection(1);
};
const stateOf = () => scene.stream.state();
const waiting = () => until(() => stateOf().state === 'waiting');
const openNow = () => scene.server.connections.filter((connection) => connection.isOpen()).length;
/** A pause in which the unwanted effect could happen. */
const moment = () => new Promise((resolve) => setTimeout(resolve, 40));

describe('a disconnect request', () => {
  test('opens the next connection immediately, and events on both are answered', async () => {
    const first = await open();
    first.push(systemFrame('disconnect', { reason: 'connection is expired' }));
    const second = await scene.connection(2);
    expect([first.isOpen(), second.isOpen(), stateOf().state]).toEqual([true, true, 'open']);
    expect(scene.clock.elapsed()).toBe(0);
    first.push(eventFrame('old'));
    second.push(eventFrame('new'));
    await until(() => first.received.length === 1 && second.received.length === 1);
    expect(first.received[0]?.data).toContain('"SUCCESS"');
    expect(second.received[0]?.data).toContain('"SUCCESS"');
    first.socket.close();
    await until(() => openNow() === 1);
    await moment();
    expect(scene.server.connections).toHaveLength(2);
    expect(stateOf()).toMatchObject({ state: 'open', connectionsMade: 2, problem: null });
  });

  test('drops the old connection after twelve seconds when DingTalk does not', async () => {
    const first = await open();
    first.push(systemFrame('disconnect'));
    await scene.connection(2);
    scene.clock.advance(11_999);
    await moment();
    expect(first.isOpen()).toBe(true);
    scene.clock.advance(1);
    await until(() => !first.isOpen());
  });

  test('that repeats is followed at growing intervals', async () => {
    const first = await open();
    first.push(systemFrame('disconnect'));
    (await scene.connection(2)).push(systemFrame('disconnect'));
    await waiting();
    expect(stateOf()).toMatchObject({ problem: null, retryAt: scene.clock.now() + 1_000 });
    scene.clock.advance(1_000);
    await scene.connection(3);
  });

  test('is followed immediately after a connection that lasted a while', async () => {
    const first = await open();
    first.push(systemFrame('disconnect'));
    const second = await scene.connection(2);
    scene.clock.advance(30_000);
    second.push(systemFrame('disconnect'));
    await scene.connection(3);
    expect(scene.states.map(({ state }) => state)).not.toContain('waiting');
  });
});

describe('a connection', () => {
  test('that is silent is pinged, and dropped after 45 seconds without an answer', async () => {
    const first = await open();
    scene.clock.advance(20_000);
    await until(() => first.pings === 1);
    await until(() => stateOf().lastHeardAt === scene.clock.now());
    // Half-open: connected, and nothing is read or answered.
    first.socket.pause();
    scene.clock.advance(20_000);
    await moment();
    scene.clock.advance(24_999);
    await moment();
    expect(stateOf().state).toBe('open');
    scene.clock.advance(1);
    await waiting();
    expect(stateOf().problem).toBe('dingtalk-unreachable.no-answer');
    scene.clock.advance(1_000);
    await scene.connection(2);
    first.socket.resume();
    await until(() => openNow() === 1);
  });

  test('stays as long as it answers', async () => {
    const first = await open();
    for (let round = 1; round <= 10; round += 1) {
      scene.clock.advance(20_000);
      await until(() => first.pings === round);
      await until(() => stateOf().lastHeardAt === scene.clock.now());
    }
    expect(stateOf()).toMatchObject({ state: 'open', connectionsMade: 1 });
  });

  test('that is cut in the middle of a frame is replaced', async () => {
    const first = await open();
    const text = Buffer.from(JSON.stringify(eventFrame('a')));
    first.wire.write(
      Buffer.concat([Buffer.from([0x81, 126, text.length >> 8, text.length & 255]), text.subarray(0, 40)]),
    );
    await moment();
    first.wire.destroy();
    await waiting();
    expect(stateOf()).toMatchObject({ problem: 'dingtalk-unreachable.no-connection', events: 0 });
    scene.clock.advance(1_000);
    const second = await scene.connection(2);
    second.push(eventFrame('a'));
    await until(() => second.received.length === 1);
    expect(stateOf().problem).toBeNull();
  });

  test.each<[string, Buffer | string, string]>([
    ['a frame of more than a megabyte', 'x'.repeat(1024 * 1024 + 1), 'dingtalk-confused.too-large'],
    ['an invalid WebSocket frame', Buffer.from([0xff, 0xff, 0xff]), 'dingtalk-confused.shape'],
  ])('that receives %s is replaced', async (_, sent, problem) => {
    const first = await open();
    if (typeof sent === 'string') first.push(sent);
    else first.wire.write(sent);
    await waiting();
    expect(stateOf().problem).toBe(problem);
    scene.clock.advance(1_000);
    await scene.connection(2);
  });

  test('stays the only one through many errors', async () => {
    await open();
    for (let round = 1; round <= 8; round += 1) {
      const connection = await scene.connection(round);
      await until(() => openNow() === 1);
      if (round % 2) connection.wire.destroy();
      else connection.socket.close();
      await waiting();
      expect(openNow()).toBe(0);
      scene.clock.advance(60_000);
    }
    await scene.connection(9);
    await moment();
    expect([openNow(), scene.server.connections.length, scene.server.asked.length]).toEqual([1, 9, 9]);
  });
});

describe('the wait before a reconnect', () => {
  const waits = async (count: number) => {
    const seen: number[] = [];
    for (let round = 0; round < count; round += 1) {
      await until(() => stateOf().state === 'waiting' && stateOf().retryAt! > scene.clock.now());
      const wait = stateOf().retryAt! - scene.clock.now();
      seen.push(wait);
      scene.clock.advance(wait);
    }
    return seen;
  };

  test('doubles up to a minute', async () => {
    await begin({ random: () => 1 });
    const down = json(503, { code: 'busy' });
    scene.server.answerNext(...Array.from({ length: 9 }, () => down));
    expect(await waits(8)).toEqual([2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1_000));
    expect(stateOf().problem).toBe('dingtalk-unreachable.fault');
  });

  test('is short again after a connection that lasted a while', async () => {
    await begin({ random: () => 1 });
    const down = json(503, { code: 'busy' });
    scene.server.answerNext(down, down, down);
    await waits(3);
    const first = await scene.connection(1);
    scene.clock.advance(29_999);
    first.wire.destroy();
    expect(await waits(1)).toEqual([16_000]);
    const second = await scene.connection(2);
    scene.clock.advance(30_000);
    second.wire.destroy();
    expect(await waits(1)).toEqual([2_000]);
  });

  test('is long for wrong credentials, which are reported, and ends when they are corrected', async () => {
    await begin();
    scene.server.answerNext(json(401, { code: 'authFailed', message: '鉴权失败', requestid: 'r' }));
    await waiting();
    expect(stateOf().problem).toBe('dingtalk-refused.credentials');
    expect(await waits(1)).toEqual([45_000]);
    await scene.connection(1);
    expect(stateOf()).toMatchObject({ state: 'open', problem: null, retryAt: null });
  });

  test('is as long as DingTalk’s ban', async () => {
    await begin();
    scene.server.answerNext(json(200, { status: 1111, punish: 'deny' }));
    expect(await waits(1)).toEqual([300_000]);
    await scene.connection(1);
  });

  test.each<[string, unknown]>([
    ['no ticket', { endpoint: 'wss://stream.test/connect' }],
    ['no endpoint', { ticket: 't' }],
    ['an invalid endpoint', { endpoint: 'stream', ticket: 't' }],
    ['an endpoint of another kind', { endpoint: 'http://127.0.0.1/connect', ticket: 't' }],
  ])('follows an answer with %s', async (_, body) => {
    await begin();
    scene.server.answerNext(json(200, body));
    await waiting();
    expect(stateOf().problem).toBe('dingtalk-confused.shape');
  });

  test.each([
    [502, 'dingtalk-unreachable.fault'],
    [403, 'dingtalk-confused.unrecognised'],
  ])('follows a connection refused with %i', async (status, problem) => {
    await begin();
    scene.server.refuseNext(status);
    await waiting();
    expect(stateOf()).toMatchObject({ problem, connectionsMade: 0 });
    scene.clock.advance(1_000);
    await scene.connection(1);
  });

  test('follows a connection that is not answered in three seconds', async () => {
    await begin();
    scene.server.refuseNext(0);
    await until(() => scene.server.sockets() === 2);
    await moment();
    scene.clock.advance(3_000);
    await waiting();
    expect(stateOf().problem).toBe('dingtalk-unreachable.no-answer');
  });
});

describe('stopping', () => {
  test('ends a wait', async () => {
    await begin();
    scene.server.answerNext(json(503, {}));
    await waiting();
    await scene.stream.stop();
    expect(stateOf().state).toBe('stopped');
    scene.clock.advance(600_000);
    await moment();
    expect(scene.server.asked).toHaveLength(1);
  });

  test('ends an attempt to connect', async () => {
    await begin();
    scene.server.refuseNext(0);
    await until(() => scene.server.sockets() === 2);
    await moment();
    await scene.stream.stop();
    // The remaining connection is the one for the address request.
    await until(() => scene.server.sockets() === 1);
  });

  test('does not connect with an address that arrives too late', async () => {
    await begin();
    await scene.stream.stop();
    await moment();
    expect(scene.server.connections).toHaveLength(0);
  });

  test('leaves no timer and no socket in the process', async () => {
    const kinds = ['Timeout', 'TCPSocketWrap', 'TCPConnectWrap', 'GetAddrInfoReqWrap'];
    const held = () =>
      process
        .getActiveResourcesInfo()
        .filter((kind) => kinds.includes(kind))
        .sort();
    const before = held();
    const first = await open({ clock: systemClock, onEvent: () => Promise.resolve('kept') });
    first.push(eventFrame('a'));
    first.push(systemFrame('disconnect'));
    await scene.connection(2);
    await until(() => first.received.length === 1);
    expect(held().length).toBeGreaterThan(before.length);
    await scene.close();
    await moment();
    expect(held().length).toBeLessThanOrEqual(before.length);
  });
});
