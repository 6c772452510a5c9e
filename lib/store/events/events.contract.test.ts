import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Device } from '#lib/domain/devices/device.ts';
import type { EventNews, Override } from '#lib/domain/events/device-event.ts';
import { WATCH_REACH_MS } from '#lib/domain/history/status-mark.ts';
import type { Store } from '#lib/store/store.ts';
import { ENGINES, type TestEngine } from '#lib/testing/databases/engines.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { controller, reading } from '#lib/testing/reading.ts';

const KEY = '1234';
const DEVICE = { deviceId: KEY, unionId: 'lmvU' };
const idle = { state: 'idle', raw: 'idle' } as const;
const busy = { state: 'in-meeting', raw: 'conf_running' } as const;
const PANEL = controller({ deviceId: '2345', unionId: 'lmvP' });

describe.each(ENGINES)('events on $engine', ({ start }) => {
  let engine: TestEngine;
  let store: Store;
  let serial = 0;

  beforeAll(async () => {
    engine = await start();
  });

  beforeEach(async () => {
    await engine.fresh();
    store = await engine.open();
  });

  afterAll(() => engine.stop());

  const read = (device: Partial<Device>, observedAt: number) =>
    store.recordReading({ by: 'deviceId', id: KEY }, reading({ observedAt, device }));
  const send = (news: EventNews, at = news.at, eventId = `event ${++serial}`) =>
    store.recordEvent({ eventId, type: 'a_type', bornAt: at, body: { said: eventId } }, news, {
      transport: 'callback',
      at,
    });
  const properties = (at: number, ...overrides: Override[]): EventNews => ({
    kind: 'properties',
    device: DEVICE,
    at,
    overrides,
    notUnderstood: [],
  });
  const status = (value: object): Override => ({ field: 'status', value });
  const alarm = (at: number, given: Partial<Extract<EventNews, { kind: 'alarm' }>> = {}): EventNews => ({
    kind: 'alarm',
    device: DEVICE,
    at,
    rule: 'offline',
    rawRule: 'device_offline_lwp',
    level: 'serious',
    status: 'open',
    description: 'gone dark',
    ...given,
  });
  const known = async (key = KEY) => (await store.devicesByKeys([key]))[0];
  const marks = async (key = KEY) =>
    (await store.statusMarks(key, 0, 1e6)).map(({ at, state, source }) => `${at} ${state} ${source}`);
  const changes = async () =>
    (await store.changesBetween(KEY, 0, 1e6, 99)).map(
      ({ at, field, from, to, source }) => `${at} ${field} ${from} > ${to} ${source}`,
    );

  test('are stored once, of any type, and listed newest first', async () => {
    const nothing: EventNews = { kind: 'unrecognised', device: null, at: 5 };
    expect(await send(nothing, 5, 'one')).toBe('unrecognised');
    expect(await send(nothing, 6, 'one')).toBe('duplicate');
    expect(await send(nothing, 6, 'two')).toBe('unrecognised');
    expect(await send(nothing, 6, 'three')).toBe('unrecognised');
    const first = await store.events({ deviceId: null, type: null }, null, 2);
    expect(first.items.map(({ eventId }) => eventId)).toEqual(['two', 'three']);
    const rest = await store.events({ deviceId: null, type: 'a_type' }, first.nextCursor, 2);
    expect(rest.items).toEqual([
      {
        eventId: 'one',
        type: 'a_type',
        deviceId: null,
        receivedAt: 5,
        bornAt: 5,
        transport: 'callback',
        outcome: 'unrecognised',
        body: { said: 'one' },
      },
    ]);
    expect(rest.nextCursor).toBeNull();
    expect((await store.events({ deviceId: null, type: 'another' }, null, 2)).items).toEqual([]);
  });

  test('change what lists show, and a newer reading replaces them', async () => {
    await read({ status: idle, firmware: 'A' }, 10);
    expect(await send(properties(20, status(busy), { field: 'firmware', value: 'B' }))).toBe('applied');
    expect(await known()).toMatchObject({ state: 'in-meeting', firmware: 'B', stateSince: 20, eventAt: 20 });
    const asRead = reading({ observedAt: 10, device: { status: idle, firmware: 'A' } });
    expect(await store.withOverrides(asRead, { by: 'deviceId', id: KEY })).toMatchObject({
      device: { status: busy, firmware: 'B' },
      overrides: [
        { field: 'firmware', value: 'B', at: 20 },
        { field: 'status', value: busy },
      ],
    });
    await read({ status: idle, firmware: 'B' }, 30);
    expect(await known()).toMatchObject({ state: 'idle', stateSince: 30, eventAt: null, observedAt: 30 });
    expect((await store.withOverrides(asRead, { by: 'deviceId', id: KEY })).overrides).toEqual([]);
    expect(await changes()).toEqual([
      '30 status.raw conf_running > idle look-up',
      '30 status.state in-meeting > idle look-up',
      '20 firmware A > B event',
      '20 status.state idle > in-meeting event',
    ]);
    expect(await marks()).toEqual(['10 idle look-up', '20 in-meeting event', '30 idle look-up']);
  });

  test('that arrive late are in the history and change nothing newer', async () => {
    await read({ firmware: 'A' }, 10);
    await read({ firmware: 'B' }, 30);
    const before = await known();
    expect(await send(properties(20, { field: 'firmware', value: 'B' }, status(busy)), 40)).toBe('too-old');
    expect(await known()).toEqual({ ...before, stateSince: 30 });
    expect(await changes(), 'the change is known to have been at the event').toEqual([
      '30 status.state in-meeting > idle look-up',
      '20 firmware A > B event',
      '20 status.state idle > in-meeting event',
    ]);
    expect(await marks()).toContain('20 in-meeting event');
  });

  test('of an offline alarm give the status while it is open, and none afterwards', async () => {
    await read({ status: idle }, 10);
    expect(await send(alarm(20))).toBe('applied');
    expect(await known()).toMatchObject({ state: 'offline', stateSince: 20 });
    expect((await known())?.nextCheck?.reason).toBe('offline');
    expect(await send(alarm(25, { rule: 'camera', rawRule: 'dev_camera_offline' }))).toBe('applied');
    expect((await known())?.state).toBe('offline');
    expect(await send(alarm(30, { status: 'resolved' }), 31)).toBe('applied');
    expect(await known()).toMatchObject({ state: 'unknown', stateSince: 30, nextCheck: { at: 31 } });
    expect(await send(alarm(15)), 'an older event changes nothing').toBe('too-old');
    expect(
      (await store.alarmMarks(KEY, 0, 99)).map(({ at, rule, status }) => `${at} ${rule} ${status}`),
    ).toEqual(['15 offline open', '20 offline open', '25 camera open', '30 offline resolved']);
  });

  test('of a binding move the device and schedule a check of its new room', async () => {
    await read({ room: { id: 'r1', name: 'One' } }, 10);
    const binding = (at: number, bound: boolean, roomId: string): EventNews => ({
      kind: 'binding',
      device: { deviceId: null, unionId: 'lmvU' },
      at,
      bound,
      roomId,
    });
    await read({ unionId: 'lmvU', room: { id: 'r1', name: 'One' } }, 11);
    expect(await send(binding(20, true, 'r2'))).toBe('applied');
    expect(await known()).toMatchObject({
      roomId: 'r2',
      roomName: null,
      nextCheck: { at: 20, reason: 'changed' },
    });
    expect(await send(binding(30, false, 'r2'))).toBe('applied');
    expect((await known())?.roomId).toBeNull();
  });

  test('about an unknown device schedule a query, and apply to the device when it answers', async () => {
    const overrides = properties(20, status(busy));
    expect(await send({ ...overrides, device: { deviceId: null, unionId: 'lmvU' } } as EventNews)).toBe(
      'asks',
    );
    expect(await known('union lmvU')).toMatchObject({
      state: 'in-meeting',
      nextCheck: { reason: 'never-read' },
    });
    await read({ unionId: 'lmvU', status: busy }, 30);
    expect(await known('union lmvU')).toBeUndefined();
    expect(await marks()).toEqual(['20 in-meeting event', '30 in-meeting look-up']);
    expect((await known())?.stateSince).toBe(20);
    expect((await store.events({ deviceId: KEY, type: null }, null, 9)).items).toHaveLength(1);
  });

  test('of a controller appear on its device', async () => {
    await read({ controllers: [PANEL] }, 10);
    const news = {
      ...properties(20, status({ state: 'offline', raw: 'offline' })),
      device: PANEL,
    } as EventNews;
    expect(await send(news)).toBe('applied');
    expect((await known())?.controllers[0]?.status.state).toBe('offline');
    expect(await known('2345')).toBeUndefined();
    expect((await store.feedAfter(0, 99))?.slice(-2).map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      `device ${KEY}`,
      'event 2345',
    ]);
    await read({ controllers: [PANEL] }, 30);
    expect((await known())?.controllers[0]?.status).toEqual(PANEL.status);
  });

  test('are compared with readings, which count as agreeing or not', async () => {
    await read({ status: idle }, 10);
    await send(properties(20, status(busy)));
    await read({ status: busy }, 30);
    await send(properties(40, status(idle)));
    await read({ status: busy }, 50);
    await read({ status: busy }, 60);
    expect(await store.pushTrust(0)).toEqual({ agreed: 1, missed: 1 });
  });

  test('are observed in intervals for each transport, from the first event with a status', async () => {
    const later = 10 * WATCH_REACH_MS;
    for (const at of [100, 150, later]) await store.keepWatch('callback', at, 60);
    for (const at of [140, 190]) await store.keepWatch('stream', at, 60);
    const ever = 100 * WATCH_REACH_MS;
    expect(await store.watches(0, ever)).toEqual([]);
    await read({}, 10);
    await send(properties(120, status(busy)));
    const reach = 190 + WATCH_REACH_MS;
    expect(await store.watches(0, ever)).toEqual([
      { from: 120, to: reach },
      { from: later, to: later + WATCH_REACH_MS },
    ]);
    expect(await store.watches(0, 500), 'and no further than was asked for').toEqual([
      { from: 120, to: 500 },
    ]);
    expect(await store.watches(reach + 1, reach + 2)).toEqual([]);
  });

  test('count as pushes by the month and day of Shanghai', async () => {
    const [october, november] = [Date.UTC(2026, 9, 31, 15, 59), Date.UTC(2026, 9, 31, 16)];
    const news: EventNews = { kind: 'unrecognised', device: null, at: 1 };
    await send(news, october, 'an event');
    await send(news, november, 'another');
    expect(await send(news, november, 'another'), 'a repetition is a push too').toBe('duplicate');
    expect(await store.pushes('2026-11')).toMatchObject({
      total: 2,
      events: 2,
      robots: 0,
      byDay: [{ day: '2026-11-01', pushes: 2 }],
    });
    expect((await store.pushes('2026-10')).total).toBe(1);
  });

  test('and readings give the same result in any order and with any repetition', async () => {
    const fact = fc.record({
      at: fc.integer({ min: 1, max: 30 }),
      what: fc.constantFrom('look', 'status', 'alarm', 'resolved', 'firmware', 'binding'),
      value: fc.constantFrom(0, 1),
    });
    const facts = fc.uniqueArray(fact, { selector: ({ at }) => at, minLength: 1, maxLength: 8 });
    const orders = facts.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }), fc.subarray(list)),
    );
    let round = 0;
    await fc.assert(
      fc.asyncProperty(orders, async ([list, shuffled, again]) => {
        round += 1;
        const bring = async (id: string, { at, what, value }: (typeof list)[number]) => {
          const device = { deviceId: id, unionId: null };
          const eventId = `${id} ${at}`;
          if (what === 'look') {
            const said = {
              ...device,
              status: [idle, busy][value] ?? idle,
              firmware: ['A', 'B'][value] ?? '',
            };
            await store.recordReading({ by: 'deviceId', id }, reading({ observedAt: at, device: said }));
          } else if (what === 'status' || what === 'firmware') {
            const overrides: Override =
              what === 'status'
                ? { field: 'status', value: [idle, busy][value] }
                : { field: 'firmware', value: ['A', 'B'][value] };
            await send(
              { kind: 'properties', device, at, overrides: [overrides], notUnderstood: [] },
              99,
              eventId,
            );
          } else if (what === 'binding') {
            await send({ kind: 'binding', device, at, bound: true, roomId: `r${value}` }, 99, eventId);
          } else {
            const state = what === 'alarm' ? 'open' : 'resolved';
            await send({ ...alarm(at, { status: state }), device } as EventNews, 99, eventId);
          }
        };
        const [sorted, mixed] = [`sorted ${round}`, `mixed ${round}`];
        for (const each of list.toSorted((a, b) => a.at - b.at)) await bring(sorted, each);
        for (const each of [...shuffled, ...again]) await bring(mixed, each);
        const shown = async (id: string) => {
          const { state, stateSince, firmware, roomId, observedAt, eventAt } = (await known(id)) ?? {};
          return { state, stateSince, firmware, roomId, observedAt, eventAt };
        };
        expect(await shown(mixed)).toEqual(await shown(sorted));
        expect(await marks(mixed)).toEqual(await marks(sorted));
      }),
      { numRuns: Number(process.env.EVENT_ORDERS ?? fuzzRuns(30, 10_000)) },
    );
  });
});
