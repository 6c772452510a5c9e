import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EventOrder } from './apis/send-event.ts';
import { planDay } from './day-plan.ts';
import { soon } from './faults/soon.ts';
import { StreamClient } from './stream-client.ts';
import { Tester } from './tester.ts';
import { Random } from './world/random.ts';

const devices = Array.from({ length: 40 }, (_, at) => ({
  deviceId: String(at),
  roomId: `room-${at}`,
  firmware: 'F2',
}));
const roomIds = devices.map(({ roomId }) => roomId);
const plan = (seed = 1, minutes = 600) => planDay({ devices, roomIds, minutes, random: new Random(seed) });
const statusAt = (minute: number) => {
  const sent = plan().filter((moment) => moment.minute <= minute && 'properties' in moment.order);
  const statuses = sent.map(
    ({ order }) => [order.deviceId, (order.properties as Record<string, string>).dev_app_status] as const,
  );
  return [...new Map(statuses.filter(([, status]) => status)).values()];
};
const isStatus = ({ properties }: EventOrder) => 'dev_app_status' in (properties as object);
const busyAt = (minute: number) => statusAt(minute).filter((status) => status !== 'idle').length;

describe('the plan of a day', () => {
  test('is the same for the same seed', () => {
    expect(plan()).toEqual(plan());
    expect(plan(2)).not.toEqual(plan());
  });

  test('fills the rooms in the morning and the afternoon and empties them at noon and at the end', () => {
    const [morning, noon, afternoon, end] = [130, 285, 420, 600].map(busyAt);
    expect(morning).toBeGreaterThan(10);
    expect(afternoon).toBeGreaterThan(10);
    expect(noon).toBeLessThan(morning! / 1.5);
    expect(end).toBe(0);
  });

  test('has no events for an offline device until it is online again', () => {
    const moments = plan();
    const offline = moments.filter(({ order }) => order.type === 'alarm' && order.rule === 'offline');
    for (const { order, minute } of offline.filter((moment) => moment.order.status === 'open')) {
      const back = offline.find((one) => one.order.deviceId === order.deviceId && one.minute > minute);
      const during = moments.filter(
        (one) => one.order.properties && one.order.deviceId === order.deviceId && one.minute > minute,
      );
      expect(during.every((one) => one.minute > back!.minute || !isStatus(one.order))).toBe(true);
    }
  });

  test('is in order and within its minutes', () => {
    const minutes = plan(3, 200).map(({ minute }) => minute);
    expect(minutes).toEqual([...minutes].sort((one, other) => one - other));
    expect(minutes[0]).toBeGreaterThanOrEqual(0);
    expect(minutes.at(-1)).toBeLessThanOrEqual(200);
  });

  test('resolves every alarm, updates a firmware and binds again what it unbinds', () => {
    const orders = plan().map(({ order }) => order);
    const alarms = (status: string) =>
      orders
        .filter((order) => order.type === 'alarm' && order.status === status)
        .map(({ deviceId, rule }) => `${deviceId} ${rule}`)
        .sort();
    expect(alarms('open').length).toBeGreaterThan(3);
    expect(alarms('resolved')).toEqual(alarms('open'));
    expect(orders).toContainEqual(expect.objectContaining({ properties: { dev_firmware_v: 'F2' } }));
    const bindings = orders.filter(({ type }) => type === 'binding');
    expect(bindings.map(({ bound }) => bound)).toEqual([false, undefined]);
    expect(bindings[0]?.deviceId).toBe(bindings[1]?.deviceId);
  });
});

describe('a day', () => {
  let app: Tester;
  beforeAll(async () => {
    app = await Tester.start({ qps: 0, rooms: 12 });
  });
  beforeEach(() => app.control('POST', '/reset'));
  afterAll(() => app.simulator.close());
  const day = async (method = 'GET', body?: object) =>
    (await app.control(method, '/day', body)).day as Record<string, number> | null;

  test('sends everything it has planned and ends', async () => {
    const client = await StreamClient.open(app, { acknowledging: true });
    const begun = await day('POST', { speed: 60_000 });
    expect(begun).toMatchObject({ running: true, speed: 60_000, minutes: 600, sent: 0 });
    await soon(async () => expect(await day()).toMatchObject({ running: false, minute: 600 }));
    const ended = await day();
    expect(ended?.sent).toBe(ended?.planned);
    await soon(() => expect(client.events).toHaveLength(ended!.planned!));
    expect(new Set(client.events.map(({ headers }) => headers.eventType)).size).toBe(3);
    client.close();
  });

  test('ends on a stop request, and entirely on a reset', async () => {
    await day('POST', { speed: 600 });
    expect(await day('DELETE')).toMatchObject({ running: false });
    const { counts } = await app.control('GET', '/events');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await app.control('GET', '/events')).counts).toEqual(counts);
    await day('POST', { speed: 600 });
    await app.control('POST', '/reset');
    expect(await day()).toBeNull();
  });

  test('is followed by another when that is requested', async () => {
    await day('POST', { speed: 600_000, minutes: 60, devices: 3, again: true });
    const planned = new Set<number>();
    await soon(async () => {
      planned.add((await day())!.planned!);
      expect(planned.size).toBeGreaterThan(1);
    });
    expect(await day()).toMatchObject({ running: true });
  });

  test.each([[{}], [{ speed: 0 }], [{ speed: 1, mood: 'fine' }], [{ speed: 1, devices: 0.5 }]])(
    'cannot be %o',
    async (wish) => {
      expect(await app.control('POST', '/day', wish)).toEqual({ error: expect.any(String) });
    },
  );

  test('is there from the start when a flag says so, and leaves nothing behind', async () => {
    const live = await Tester.start({ daySpeed: 6_000, eventsCallback: 'http://127.0.0.1:9/' });
    expect((await live.control('GET', '/day')).day).toMatchObject({ again: true, running: true });
    const { callback } = await live.control('GET', '/events');
    expect(callback).toMatchObject({ url: 'http://127.0.0.1:9/' });
    await live.simulator.close();
  });
});
