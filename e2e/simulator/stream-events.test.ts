import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Delivery } from './events/ledger.ts';
import { soon } from './faults/soon.ts';
import { askTicket, CREDENTIALS, StreamClient } from './stream-client.ts';
import { Tester } from './tester.ts';

let app: Tester;
const clients: StreamClient[] = [];
beforeAll(async () => {
  app = await Tester.start({ qps: 0 });
});
beforeEach(() => app.control('POST', '/reset'));
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(() => app.simulator.close());

async function open(options = {}): Promise<StreamClient> {
  const client = await StreamClient.open(app, options);
  clients.push(client);
  return client;
}
const send = (order: object = {}) =>
  app.control('POST', '/events', { type: 'property', deviceId: '1234', ...order });
type State = {
  stream: { connections: { now: number; ever: number; mostAtOnce: number; open: { pings: object }[] } };
  counts: object;
  events: { deliveries: Delivery[] }[];
};
const state = async () => (await app.control('GET', '/events')) as unknown as State;
const outcomes = async () =>
  (await state()).events.flatMap(({ deliveries }) =>
    deliveries.flatMap(({ attempts }) => attempts.map(({ outcome }) => outcome)),
  );
const openRequest = (body: object) =>
  app.post(
    '/v1.0/gateway/connections/open',
    { ...CREDENTIALS, subscriptions: [{ type: 'EVENT', topic: '*' }], ...body },
    { accept: 'application/json' },
  );

describe('a ticket', () => {
  test('is given for the right credentials, without a token and unmetered', async () => {
    const { status, body } = await openRequest({});
    expect(status).toBe(200);
    expect(body).toEqual({
      endpoint: `${app.simulator.origin.replace('http', 'ws')}/connect`,
      ticket: expect.any(String),
    });
    expect((await app.control('GET', '/calls')).counted).toBe(0);
  });

  test.each([
    [{ clientSecret: 'wrong' }, 401, 'authFailed'],
    [{ subscriptions: [] }, 400, 'invalidParameter.subscriptions'],
    [{ subscriptions: [{ type: 'EVENT', topic: 'alarm' }] }, 400, 'invalidParameter.topic'],
  ])('is refused for %o', async (body, status, code) => {
    expect(await openRequest(body)).toMatchObject({ status, body: { code, requestid: expect.any(String) } });
  });

  test('is returned as XML to clients that do not ask for JSON', async () => {
    const asked = { ...CREDENTIALS, subscriptions: [{ type: 'EVENT', topic: '*' }] };
    const { body } = await app.post('/v1.0/gateway/connections/open', asked);
    expect(body.text).toMatch(/<ticket>[^<]+<\/ticket>/);
  });

  test('is valid for one connection', async () => {
    const ticket = await askTicket(app);
    clients.push(new StreamClient(ticket));
    await soon(async () => expect((await state()).stream.connections.now).toBe(1));
    const second = new StreamClient(ticket);
    await second.closed;
    expect(second.error).toBe('Unexpected server response: 401');
  });

  test('is valid for 90 seconds of the simulator’s clock, and only until it is made to expire', async () => {
    const late = await askTicket(app);
    await app.control('POST', '/clock', { advanceSeconds: 91 });
    const expired = await askTicket(app);
    expect(await app.control('POST', '/events/stream', { do: 'expire-tickets' })).toEqual({ expired: 2 });
    for (const ticket of [late, expired]) {
      const client = new StreamClient(ticket);
      await client.closed;
      expect(client.error).toBe('Unexpected server response: 401');
    }
  });

  test('opens only /connect', async () => {
    const ticket = await askTicket(app);
    const client = new StreamClient({ ...ticket, endpoint: ticket.endpoint.replace('/connect', '/else') });
    await client.closed;
    expect(client.error).toBe('Unexpected server response: 404');
  });
});

describe('the stream', () => {
  test('carries an event in a frame, its business fields as JSON text', async () => {
    const client = await open({ acknowledging: true });
    await send({ eventId: 'one', at: 1_700_000_000_000, properties: { dev_app_status: 'idle' } });
    await soon(() => expect(client.events).toHaveLength(1));
    const { data, ...frame } = client.events[0] ?? { data: '' };
    expect(frame).toEqual({
      specVersion: '1.0',
      type: 'EVENT',
      headers: {
        topic: '*',
        messageId: expect.any(String),
        contentType: 'application/json',
        time: expect.stringMatching(/^\d{13}$/),
        eventType: 'open_meeting_room_device_property_change',
        eventId: 'one',
        eventCorpId: 'dingsimcorp',
        eventBornTime: '1700000000000',
        eventUnifiedAppId: expect.any(String),
      },
    });
    expect(JSON.parse(data)).toEqual({
      changeTime: 1_700_000_000_000,
      openRoomId: '7263xxxxx',
      deviceUnionId: 'lmvUxxxxx',
      deviceId: '1234',
      properties: [{ propertyName: 'dev_app_status', propertyValue: 'idle' }],
    });
    await soon(async () => expect(await outcomes()).toEqual(['SUCCESS']));
  });

  test('pushes again what is not acknowledged, postponed or answered wrongly', async () => {
    const client = await open();
    await app.control('PUT', '/events/stream', { answerSeconds: 0.1, pingSeconds: 0 });
    await send();
    await soon(() => expect(client.events).toHaveLength(2));
    client.acknowledge(client.events[1]!, { status: 'LATER' });
    await soon(() => expect(client.events).toHaveLength(3));
    client.acknowledge(client.events[2]!, {});
    await soon(() => expect(client.events).toHaveLength(4));
    client.acknowledge(client.events[3]!, { status: 'SUCCESS' }, 500);
    await soon(() => expect(client.events).toHaveLength(5));
    client.acknowledge(client.events[4]!);
    await soon(async () =>
      expect(await outcomes()).toEqual(['no answer', 'LATER', 'no status', 'code 500', 'SUCCESS']),
    );
    expect(new Set(client.events.map(({ headers }) => headers.messageId)).size).toBe(1);
  });

  test('accepts the event’s own data as acknowledgement, as the official Python SDK sends it', async () => {
    const client = await open();
    await app.control('PUT', '/events/stream', { answerSeconds: 0.1, pingSeconds: 0 });
    await send({ properties: { dev_app_status: 'idle' } });
    await soon(() => expect(client.events).toHaveLength(1));
    const own = JSON.parse(client.events[0]!.data) as object;
    client.acknowledge(client.events[0]!, { ...own, deviceId: 'another' });
    await soon(() => expect(client.events).toHaveLength(2));
    client.acknowledge(client.events[1]!, own, 500);
    await soon(() => expect(client.events).toHaveLength(3));
    client.acknowledge(client.events[2]!, own);
    await soon(async () => expect((await state()).counts).toMatchObject({ acknowledged: 1, waiting: 0 }));
    expect(await outcomes()).toEqual(['no status', 'code 500', "the event's own data"]);
  });

  test('waits three seconds for an acknowledgement, or less at speed', async () => {
    const client = await open();
    await app.control('PUT', '/events/stream', { speed: 10 });
    const began = Date.now();
    await send();
    await soon(() => expect(client.events).toHaveLength(2));
    expect(Date.now() - began).toBeGreaterThanOrEqual(295);
  });

  test('gives up on an event after a minute of pushing', async () => {
    await open();
    await app.control('PUT', '/events/stream', { speed: 300 });
    await send();
    await soon(async () => expect((await state()).counts).toMatchObject({ failed: 1, waiting: 0 }));
    expect((await outcomes()).length).toBeGreaterThan(1);
  });

  test('keeps events without a connection and pushes them in order after the next connection', async () => {
    for (const eventId of ['one', 'two', 'three']) await send({ eventId });
    expect((await state()).stream).toMatchObject({ held: 3, connections: { now: 0 } });
    const client = await open({ acknowledging: true });
    await soon(() =>
      expect(client.events.map(({ headers }) => headers.eventId)).toEqual(['one', 'two', 'three']),
    );
    expect((await state()).stream).toMatchObject({ held: 0 });
  });

  test('keeps at most a thousand events and drops the oldest', async () => {
    await app.control('PUT', '/events/hostility', { duplicates: 1_001 });
    await send();
    expect(await state()).toMatchObject({
      stream: { held: 1_000, spilt: 1 },
      counts: { waiting: 1_000, dropped: 1 },
    });
  });

  test('shares the load among connections, each event going to one', async () => {
    const both = [await open({ acknowledging: true }), await open({ acknowledging: true })];
    for (let at = 0; at < 30; at++) await send();
    await soon(async () => expect((await state()).counts).toMatchObject({ acknowledged: 30 }));
    const shares = both.map(({ events }) => events.length);
    expect(shares[0]! + shares[1]!).toBe(30);
    expect(Math.min(...shares)).toBeGreaterThan(4);
    expect((await state()).stream.connections).toMatchObject({ now: 2, ever: 2, mostAtOnce: 2 });
  });

  test('gives what a connection has not acknowledged to another when it ends', async () => {
    const first = await open();
    await send({ eventId: 'handed-on' });
    await soon(() => expect(first.events).toHaveLength(1));
    first.close();
    await soon(async () => expect((await state()).stream.connections.now).toBe(0));
    const second = await open({ acknowledging: true });
    await soon(() => expect(second.events[0]?.headers.eventId).toBe('handed-on'));
    await soon(async () => expect(await outcomes()).toEqual(['connection lost', 'SUCCESS']));
  });

  test('pings and compares the answer', async () => {
    const client = await open();
    const ping = async (answer: (opaque: string) => object) => {
      const before = client.topics().length;
      await app.control('POST', '/events/stream', { do: 'ping' });
      await soon(() => expect(client.topics()).toHaveLength(before + 1));
      const frame = client.frames.at(-1)!;
      client.acknowledge(frame, answer((JSON.parse(frame.data) as { opaque: string }).opaque));
    };
    await ping((opaque) => ({ opaque }));
    await ping(() => ({ opaque: 'another' }));
    await soon(async () =>
      expect((await state()).stream.connections.open[0]?.pings).toEqual({ sent: 2, answered: 1, wrong: 1 }),
    );
  });

  test('greets, keeps alive and pings by itself when configured', async () => {
    await app.control('PUT', '/events/stream', { greets: true, keepAliveSeconds: 0.06, pingSeconds: 0.04 });
    const client = await open();
    await soon(() =>
      expect(new Set(client.topics())).toEqual(new Set(['CONNECTED', 'REGISTERED', 'KEEPALIVE', 'ping'])),
    );
  });

  test('spells the headers in the singular when configured', async () => {
    await app.control('PUT', '/events/stream', { headerKey: 'header' });
    const client = await open();
    await send({ eventId: 'odd' });
    await soon(() => expect(client.frames[0]).toMatchObject({ header: { eventId: 'odd' } }));
    expect(client.frames[0]).not.toHaveProperty('headers');
  });

  test('answers a WebSocket ping', async () => {
    const client = await open();
    client.socket.ping('there?');
    const [data] = await new Promise<[Buffer]>((resolve) =>
      client.socket.once('pong', (data) => resolve([data])),
    );
    expect(String(data)).toBe('there?');
  });
});
