import { afterEach, describe, expect, test } from 'vitest';
import {
  eventFrame,
  openStreamScene,
  type StreamScene,
  systemFrame,
  until,
} from '#lib/dingtalk/testing/stream-scene.ts';

let scene: StreamScene;
afterEach(() => scene.close());

const open = async (...options: Parameters<typeof openStreamScene>) => {
  scene = await openStreamScene(...options);
  return scene.connection(1);
};
const stateOf = () => scene.stream.state();

describe('a stream', () => {
  test('requests an address for all events and connects with its ticket', async () => {
    await open();
    expect(scene.server.asked).toEqual([
      {
        clientId: 'client',
        clientSecret: 'canary-client-secret',
        ua: 'rooms-desk',
        subscriptions: [{ type: 'EVENT', topic: '*' }],
      },
    ]);
    expect(scene.states.map(({ state }) => state)).toEqual(['connecting', 'open']);
    expect(stateOf()).toEqual({
      state: 'open',
      since: scene.clock.now(),
      lastHeardAt: scene.clock.now(),
      lastEventAt: null,
      connectionsMade: 1,
      retryAt: null,
      problem: null,
      events: 0,
      later: 0,
      garbage: 0,
    });
  });

  test('passes an event on and answers SUCCESS once it is stored', async () => {
    const kept = Promise.withResolvers<'kept'>();
    const connection = await open({ onEvent: () => kept.promise });
    connection.push(eventFrame('a'));
    await until(() => scene.events.length === 1);
    expect(scene.events).toEqual([
      {
        eventId: 'a',
        type: 'open_meeting_room_device_alarm',
        bornAt: 1795305599000,
        corpId: 'ding99xxxxx',
        body: { deviceId: '1234' },
      },
    ]);
    expect(connection.received).toEqual([]);
    kept.resolve('kept');
    await until(() => connection.received.length === 1);
    expect(connection.received[0]).toEqual({
      code: 200,
      message: 'OK',
      headers: { messageId: 'message-a', contentType: 'application/json' },
      data: '{"status":"SUCCESS","message":"kept"}',
    });
    expect(stateOf()).toMatchObject({ events: 1, later: 0, lastEventAt: scene.clock.now() });
  });

  test.each<[string, () => Promise<'kept' | 'later'>]>([
    ['says later', () => Promise.resolve('later')],
    ['fails', () => Promise.reject(new Error('disk full'))],
    [
      'throws',
      () => {
        throw new Error('at once');
      },
    ],
    ['returns an invalid result', () => Promise.resolve(undefined as unknown as 'kept')],
  ])('answers LATER when the receiver %s', async (_, onEvent) => {
    const connection = await open({ onEvent });
    connection.push(eventFrame('a'));
    await until(() => connection.received.length === 1);
    expect(connection.received[0]?.data).toContain('"LATER"');
    expect(stateOf()).toMatchObject({ events: 1, later: 1 });
  });

  test('answers LATER after 2.5 seconds without a result, once, whatever the result', async () => {
    const slow = Promise.withResolvers<'kept'>();
    const connection = await open({ onEvent: () => slow.promise });
    connection.push(eventFrame('a'));
    await until(() => scene.events.length === 1);
    scene.clock.advance(2_499);
    connection.push(systemFrame('ping', { opaque: '1' }));
    await until(() => connection.received.length === 1);
    scene.clock.advance(1);
    await until(() => connection.received.length === 2);
    expect(connection.received[1]?.data).toContain('"LATER"');
    slow.resolve('kept');
    connection.push(systemFrame('ping', { opaque: '2' }));
    await until(() => connection.received.length === 3);
    expect(connection.received[2]?.data).toBe('{"opaque":"2"}');
  });

  test('answers a hundred events at once, each by its own ID, without waiting for a slow one', async () => {
    const slow = Promise.withResolvers<'kept'>();
    const connection = await open({
      onEvent: ({ eventId }) => (eventId === '0' ? slow.promise : Promise.resolve('kept')),
    });
    for (let id = 0; id < 100; id += 1) connection.push(eventFrame(String(id)));
    await until(() => connection.received.length === 99);
    slow.resolve('kept');
    await until(() => connection.received.length === 100);
    const ids = connection.received.map(({ headers }) => headers?.messageId);
    expect(new Set(ids).size).toBe(100);
  });

  test('reads an event whose frame has the member header, no ID or no object', async () => {
    const connection = await open();
    const { headers, ...rest } = eventFrame('a');
    connection.push({ ...rest, header: headers });
    connection.push(eventFrame('b', { eventId: undefined, eventBornTime: undefined }));
    connection.push(eventFrame('b', { eventId: undefined, messageId: 'again', eventType: 7 }));
    connection.push(eventFrame('c', { eventType: undefined }, 'no JSON'));
    connection.push(eventFrame('d', {}, { deviceId: '5' }));
    await until(() => connection.received.length === 5);
    const [first, second, third, fourth, fifth] = scene.events;
    expect(first?.eventId).toBe('a');
    expect(second).toMatchObject({ eventId: expect.stringMatching(/^[0-9a-f]{64}$/), bornAt: null });
    expect(third).toMatchObject({ eventId: second?.eventId, type: '7' });
    expect(fourth).toMatchObject({ type: 'unknown', body: { data: 'no JSON' } });
    expect(fifth?.body).toEqual({ deviceId: '5' });
  });

  test('answers a ping with its content', async () => {
    const connection = await open();
    connection.push(systemFrame('ping', { opaque: '0d0d0d0d-1f1f' }));
    await until(() => connection.received.length === 1);
    expect(connection.received[0]).toEqual({
      code: 200,
      message: 'OK',
      headers: { messageId: 'message-ping', contentType: 'application/json' },
      data: '{"opaque":"0d0d0d0d-1f1f"}',
    });
  });

  test('records system messages and answers unknown ones plainly', async () => {
    const connection = await open();
    for (const topic of ['CONNECTED', 'REGISTERED', 'KEEPALIVE', 'news']) connection.push(systemFrame(topic));
    connection.push({ type: 'CALLBACK', headers: { messageId: 'card', topic: '/v1.0/card' }, data: '{}' });
    connection.push({ type: 'FUTURE', headers: { messageId: 'future' } });
    connection.push({ type: 'FUTURE' });
    connection.push(eventFrame('last'));
    await until(() => connection.received.length === 3);
    expect(connection.received.map(({ headers }) => headers?.messageId)).toEqual([
      'card',
      'future',
      'message-last',
    ]);
    expect(connection.received[0]).toMatchObject({ code: 200, data: '{}' });
  });

  test('survives and counts invalid frames', async () => {
    const connection = await open();
    for (const text of ['', '{', 'null', '[]', '7', '{"type":7}', '['.repeat(50_000)]) connection.push(text);
    connection.socket.send(Buffer.from([0xff, 0xfe, 0x00]), { binary: true });
    connection.socket.send(Buffer.from([0xff, 0xfe, 0x00]), { binary: false });
    connection.push(eventFrame('a'));
    await until(() => connection.received.length === 1);
    expect(stateOf()).toMatchObject({ garbage: 9, events: 1, state: 'open', connectionsMade: 1 });
  });
});

describe('stopping', () => {
  test('finishes events in progress, refuses new ones and leaves nothing open', async () => {
    const slow = Promise.withResolvers<'kept'>();
    const connection = await open({ onEvent: () => slow.promise });
    connection.push(eventFrame('a'));
    await until(() => scene.events.length === 1);
    const stopped = scene.stream.stop();
    connection.push(eventFrame('b'));
    await until(() => connection.received.length === 1);
    expect(connection.received[0]).toMatchObject({ headers: { messageId: 'message-b' } });
    expect(connection.received[0]?.data).toContain('"LATER"');
    slow.resolve('kept');
    await stopped;
    await until(() => !connection.isOpen());
    expect(connection.received[1]?.data).toContain('"SUCCESS"');
    expect(scene.events).toHaveLength(1);
    expect(stateOf()).toMatchObject({ state: 'stopped', problem: null, retryAt: null });
    await until(() => scene.server.sockets() === 1);
  });

  test('waits four seconds for a receiver that hangs, and one second for the closing handshake', async () => {
    const connection = await open({ onEvent: () => new Promise(() => {}) });
    connection.push(eventFrame('a'));
    await until(() => scene.events.length === 1);
    connection.socket.pause();
    const stopped = scene.stream.stop();
    scene.clock.advance(4_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stateOf().state).toBe('open');
    scene.clock.advance(1_000);
    await stopped;
    connection.socket.resume();
    await until(() => !connection.isOpen());
  });

  test('twice has the effect of once', async () => {
    await open();
    await Promise.all([scene.stream.stop(), scene.stream.stop()]);
    await scene.stream.stop();
    expect(scene.states.filter(({ state }) => state === 'stopped')).toHaveLength(1);
  });
});
