import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { soon } from './faults/soon.ts';
import { askTicket, StreamClient } from './stream-client.ts';
import { Tester } from './tester.ts';

let app: Tester;
const clients: StreamClient[] = [];
beforeAll(async () => {
  app = await Tester.start({ qps: 0, controlPort: 0 });
});
beforeEach(() => app.control('POST', '/reset'));
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(() => app.simulator.close());

async function open(): Promise<StreamClient> {
  const client = await StreamClient.open(app, { acknowledging: true });
  clients.push(client);
  return client;
}
const send = (eventId: string) =>
  app.control('POST', '/events', { type: 'property', deviceId: '1234', eventId });
const hostile = (settings: object) => app.control('PUT', '/events/hostility', settings);
const doToStream = (action: string, more = {}) =>
  app.control('POST', '/events/stream', { do: action, ...more });
const connections = async () => {
  const { stream } = (await app.control('GET', '/events')) as { stream: { connections: { now: number } } };
  return stream.connections.now;
};
const pause = () => new Promise((resolve) => setTimeout(resolve, 150));
const idsOf = (client: StreamClient) => client.events.map(({ headers }) => headers.eventId);

describe('hostility', () => {
  test('sends each event as many times as configured', async () => {
    await hostile({ duplicates: 3 });
    const client = await open();
    await send('thrice');
    await soon(() => expect(idsOf(client)).toEqual(['thrice', 'thrice', 'thrice']));
  });

  test('holds events and sends them in another order, and releases them when it ends', async () => {
    await hostile({ shuffle: 8 });
    const client = await open();
    const ids = Array.from({ length: 8 }, (_, at) => `event-${at}`);
    for (const id of ids.slice(0, 7)) await send(id);
    await pause();
    expect(client.events).toEqual([]);
    await send('event-7');
    await soon(() => expect(client.events).toHaveLength(8));
    expect(idsOf(client)).not.toEqual(ids);
    expect([...idsOf(client)].sort()).toEqual(ids);
    await send('last');
    await hostile({ shuffle: 0 });
    await soon(() => expect(idsOf(client).at(-1)).toBe('last'));
  });

  test('delays events', async () => {
    await hostile({ delayMs: 300 });
    const client = await open();
    const began = Date.now();
    await send('late');
    await soon(() => expect(client.events).toHaveLength(1));
    expect(Date.now() - began).toBeGreaterThanOrEqual(299);
  });

  test('drops events when the pushes of the month are spent', async () => {
    await hostile({ quota: 1 });
    const client = await open();
    await send('pushed');
    await send('dropped');
    await soon(() => expect(idsOf(client)).toEqual(['pushed']));
    await soon(async () =>
      expect(await app.control('GET', '/events')).toMatchObject({
        pushes: 1,
        hostility: { quota: 0 },
        counts: { made: 2, acknowledged: 1, dropped: 1 },
      }),
    );
  });

  test('cuts a connection in the middle of an event, which arrives complete on the next one', async () => {
    await hostile({ cutFrames: 1 });
    const client = await open();
    await send('cut');
    expect(await client.closed).toBe(1006);
    expect(client.texts).toEqual([]);
    const next = await open();
    await soon(() => expect(idsOf(next)).toEqual(['cut']));
  });

  test.each(['duplicates', 'shuffle', 'delayMs', 'quota', 'cutFrames', 'forge', 'mood'])(
    'refuses nonsense as %s',
    async (name) => {
      expect(await hostile({ [name]: 'nonsense' })).toEqual({ error: expect.any(String) });
    },
  );
});

describe('a stream', () => {
  test('announces its end, falls silent, and ends without a closing handshake', async () => {
    await app.control('PUT', '/events/stream', { speed: 20 });
    const client = await open();
    const began = Date.now();
    await doToStream('disconnect');
    await send('for another');
    expect(await client.closed).toBe(1006);
    expect(Date.now() - began).toBeGreaterThanOrEqual(480);
    expect(client.frames).toHaveLength(1);
    expect(client.frames[0]).toMatchObject({ type: 'SYSTEM', headers: { topic: 'disconnect' } });
    expect(JSON.parse(client.frames[0]?.data ?? '')).toEqual({ reason: 'connection is expired' });
  });

  test('becomes half-open: it stays connected, drops its events and answers nothing', async () => {
    await app.control('PUT', '/events/stream', { answerSeconds: 0.1 });
    const client = await open();
    await doToStream('silence');
    await send('swallowed');
    const pong = vi.fn();
    client.socket.on('pong', pong);
    client.socket.ping();
    await pause();
    expect([client.texts, pong.mock.calls, client.socket.readyState]).toEqual([[], [], 1]);
    expect(await connections()).toBe(1);
    client.close();
    await soon(async () => expect(await connections()).toBe(0));
    const next = await open();
    await soon(() => expect(idsOf(next)).toEqual(['swallowed']));
  });

  test('does not answer a closing handshake when it is half-open', async () => {
    const client = await open();
    await doToStream('silence');
    client.socket.close();
    await pause();
    expect(client.socket.readyState).toBe(2);
  });

  test.each(['cut', 'close'])('ends at once by %s', async (action) => {
    const client = await open();
    await doToStream(action);
    expect(await client.closed).toBe(1006);
    expect(client.texts).toEqual([]);
    expect(await connections()).toBe(0);
  });

  test('sends invalid frames and continues', async () => {
    const client = await open();
    await doToStream('garbage');
    await send('good');
    await soon(() => expect(idsOf(client)).toEqual(['good']));
    expect(client.texts).toContain('this is not JSON');
    expect(client.frames.map(({ type }) => type)).toContain('GOSSIP');
  });

  test('is selected by its ID', async () => {
    const first = await open();
    const second = await open();
    expect(await doToStream('close', { connection: 1 })).toEqual({ done: 'close', connections: [1] });
    await first.closed;
    expect(second.socket.readyState).toBe(1);
  });

  test('is refused, does not start, or has another address', async () => {
    await app.control('PUT', '/events/stream', { connects: 'refused' });
    const refused = new StreamClient(await askTicket(app));
    await refused.closed;
    expect(refused.error).toBe('Unexpected server response: 503');
    await app.control('PUT', '/events/stream', { connects: 'hangs' });
    const hanging = new StreamClient(await askTicket(app));
    await pause();
    expect(hanging.socket.readyState).toBe(0);
    await app.control('POST', '/reset');
    await hanging.closed;
    await app.control('PUT', '/events/stream', { endpoint: 'wss://elsewhere.example/connect' });
    expect((await askTicket(app)).endpoint).toBe('wss://elsewhere.example/connect');
  });

  test('ends when everything is reset, when connections are refused, and when the simulator closes', async () => {
    const client = await open();
    await app.control('POST', '/reset');
    expect(await client.closed).toBe(1006);
    const refused = await open();
    await app.control('PUT', '/faults', { path: '*', fault: 'refuse', seconds: 0.1 });
    expect(await refused.closed).toBe(1006);
    const other = await Tester.start();
    const last = await StreamClient.open(other);
    await other.simulator.close();
    expect(await last.closed).toBe(1006);
  });
});
