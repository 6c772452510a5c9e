import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AlertRule, Channel, Delivery, DeliveryUpdate, Silence } from '#lib/domain/alerts/alert.ts';
import { RETENTION_MS, type RetentionPlace } from '#lib/domain/history/retention.ts';
import type { Store } from '#lib/store/store.ts';
import { ENGINES, instanceBeside, type TestEngine } from '#lib/testing/databases/engines.ts';

const scope = { everything: true, groups: [], rooms: [], devices: [] };

const rule = (id: string, createdAt: number): AlertRule => ({
  id,
  name: `规则 ${id}\u0000`,
  on: true,
  which: { least: 'critical' },
  scope,
  channelIds: ['c'],
  createdAt,
  raiseAfterMs: 1,
  resolveAfterMs: 2,
});
const channel = (id: string, createdAt: number): Channel => ({
  id,
  kind: 'robot',
  name: id,
  locale: 'zh',
  zone: 'Asia/Shanghai',
  shown: 'host …1',
  createdAt,
});
const silence = (id: string, when: Silence['when']): Silence => ({
  id,
  scope,
  codes: ['offline'],
  when,
  reason: 'Rebuilding',
  by: 'Admin',
  createdAt: 1,
});
const delivery = (id: string, createdAt: number, given: Partial<Delivery> = {}): Delivery => ({
  id,
  channelId: 'c',
  channel: 'On duty',
  state: 'waiting',
  attempts: 0,
  createdAt,
  nextAt: createdAt,
  lastAt: null,
  answer: null,
  fault: null,
  digest: null,
  notification: {
    id: `n${id}`,
    kind: 'raised',
    incidentId: 'i',
    rule: 'r',
    code: 'offline',
    at: 1,
    since: 1,
    total: 1,
    added: 1,
    devices: [{ deviceId: '1', name: '大屏', roomName: null, since: 1, code: 'offline' }],
    codes: [],
    deviceKeys: [],
  },
  ...given,
});
const rows = (given: Record<string, string | null>) => new Map(Object.entries(given));
const nothing = { alerts: rows({}), incidents: rows({}), deliveries: [] };

describe.each(ENGINES)('alerts on $engine', ({ start }) => {
  let engine: TestEngine;
  let store: Store;
  beforeAll(async () => {
    engine = await start();
  });
  beforeEach(async () => {
    await engine.fresh();
    store = await engine.open();
  });
  afterAll(() => engine.stop());

  test('stores, updates and deletes rules', async () => {
    await store.putAlertRule(rule('b', 1));
    await store.putAlertRule(rule('a', 2));
    await store.putAlertRule({ ...rule('b', 1), on: false });
    expect((await store.alertRules()).map(({ id, on }) => [id, on])).toEqual([
      ['b', false],
      ['a', true],
    ]);
    expect(await store.deleteAlertRule('b')).toBe(true);
    expect(await store.deleteAlertRule('b')).toBe(false);
    expect(await store.alertRules()).toHaveLength(1);
  });

  test('stores a channel with its sealed secret', async () => {
    await store.putChannel(channel('a', 1), 'sealed 1');
    await store.putChannel({ ...channel('a', 1), name: 'new' }, 'sealed 2');
    expect(await store.channelById('a')).toEqual({
      channel: { ...channel('a', 1), name: 'new' },
      sealed: 'sealed 2',
    });
    expect(await store.channels()).toEqual([{ ...channel('a', 1), name: 'new' }]);
    expect(await store.dropChannel('a')).toBe(true);
    expect(await store.channelById('a')).toBeNull();
  });

  test('lists silences until they end', async () => {
    await store.putSilence(silence('once', { kind: 'once', from: 1, until: 10 }));
    const weekly = { kind: 'weekly', days: [1], from: '22:00', to: '06:00', zone: 'Asia/Shanghai' } as const;
    await store.putSilence(silence('weekly', { ...weekly, days: [1] }));
    expect((await store.silences(9)).map(({ id }) => id)).toEqual(['once', 'weekly']);
    expect((await store.silences(10)).map(({ id }) => id)).toEqual(['weekly']);
    expect(await store.deleteSilence('weekly')).toBe(true);
  });

  test('stores a decision completely, and the first of two concurrent ones', async () => {
    const { version } = await store.savedAlerts();
    const decided = { alerts: rows({ k: '1' }), incidents: rows({ i: '1' }), deliveries: [delivery('1', 1)] };
    expect(await store.saveAlerts(version, decided)).toBe(true);
    expect(await store.saveAlerts(version, { ...decided, deliveries: [delivery('2', 1)] })).toBe(false);
    expect(await store.savedAlerts()).toEqual({
      version: version + 1,
      alerts: rows({ k: '1' }),
      incidents: rows({ i: '1' }),
    });
    expect(await store.waitingDeliveries(10)).toEqual([delivery('1', 1)]);
    const next = { ...nothing, alerts: rows({ k: '2', l: '3' }), incidents: rows({ i: null }) };
    expect(await store.saveAlerts(version + 1, next)).toBe(true);
    expect(await store.savedAlerts()).toMatchObject({
      alerts: rows({ k: '2', l: '3' }),
      incidents: rows({}),
    });
  });

  test('accepts one of two concurrent decisions of two instances', async () => {
    const beside = await instanceBeside(engine, store);
    const both = await Promise.all(
      [store, beside].map((each, nth) =>
        each.saveAlerts(0, { ...nothing, deliveries: [delivery(String(nth), 1)] }),
      ),
    );
    expect(both.toSorted()).toEqual([false, true]);
    expect(await store.waitingDeliveries(10)).toHaveLength(1);
  });

  test('stores nothing of a decision that cannot be stored completely', async () => {
    const twice = { ...nothing, alerts: rows({ k: '1' }), deliveries: [delivery('1', 1), delivery('1', 2)] };
    await expect(store.saveAlerts(0, twice)).rejects.toThrow();
    expect(await store.savedAlerts()).toEqual({ version: 0, alerts: rows({}), incidents: rows({}) });
    expect(await store.waitingDeliveries(10)).toEqual([]);
  });

  test('sends deliveries oldest first and lists them newest first, page by page', async () => {
    for (const [id, at] of [
      ['a', 2],
      ['b', 1],
      ['c', 2],
    ] as const)
      await store.addDelivery(delivery(id, at), null);
    await store.addDelivery(delivery('d', 9, { channelId: 'another' }), null);
    expect((await store.waitingDeliveries(2)).map(({ id }) => id)).toEqual(['d', 'b', 'a']);
    const failed = { state: 'failed', attempts: 1, nextAt: null, lastAt: 3, answer: null } as const;
    await store.noteDeliveries(new Map([['d', { ...failed, fault: 'robot-token' }]]), null);
    const first = await store.deliveries({ at: 9, id: 'd' }, 2);
    expect(first.map(({ id }) => id)).toEqual(['c', 'a']);
    expect((await store.deliveries({ at: 2, id: 'a' }, 2)).map(({ id }) => id)).toEqual(['b']);
    const sent = { state: 'sent', attempts: 1, nextAt: null, lastAt: 3, fault: null } as const;
    await store.noteDeliveries(new Map([['a', { ...sent, answer: 'ok\u0000' }]]), null);
    expect(await store.deliveryById('a')).toEqual(
      delivery('a', 2, { state: 'sent', attempts: 1, nextAt: null, lastAt: 3, answer: 'ok' }),
    );
    expect((await store.waitingDeliveries(9)).map(({ id }) => id)).toEqual(['b', 'c']);
    expect((await store.deliveriesOf('i', 'c')).map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  });

  test('finds a notification by its incident and kind, on any channel', async () => {
    const incidentId = '00000000-0000-4000-8000-000000000001';
    const notification = (kind: 'raised' | 'more', keys: string[]) => ({
      notification: { ...delivery('x', 1).notification, incidentId, kind, deviceKeys: keys },
    });
    await store.addDelivery(delivery('a', 1, notification('raised', ['1', '2'])), null);
    await store.addDelivery(
      delivery('b', 1, { ...notification('raised', ['1', '2']), channelId: 'd' }),
      null,
    );
    await store.addDelivery(delivery('c', 2, notification('more', ['3'])), null);
    expect((await store.notification(`${incidentId}.raised`))?.deviceKeys).toEqual(['1', '2']);
    expect((await store.notification(`${incidentId}.more`))?.deviceKeys).toEqual(['3']);
    expect(await store.notification(`${incidentId}.resolved`)).toBeNull();
  });

  test('records deliveries of one message together, with their push', async () => {
    const at = Date.parse('2026-11-30T15:59:59Z');
    const [a, b] = [delivery('a', 1), delivery('b', 2)];
    for (const each of [a, b]) await store.addDelivery(each, null);
    await store.gatherDigest(['a', 'b'], 'digest');
    expect((await store.waitingDeliveries(9)).map(({ digest }) => digest)).toEqual(['digest', 'digest']);
    const news = { state: 'sent', attempts: 1, nextAt: null, lastAt: at, answer: 'ok', fault: null } as const;
    await store.noteDeliveries(
      new Map<string, DeliveryUpdate>([
        ['a', news],
        ['b', { ...news, state: 'failed', lastAt: at + 1, fault: 'robot-stopped' }],
      ]),
      at,
    );
    expect(await store.lastAttempt('c')).toMatchObject({ id: 'b', fault: 'robot-stopped', digest: 'digest' });
    expect(await store.lastSentAt('c')).toBe(at);
    expect(await store.lastAttempt('another')).toBeNull();
    expect(await store.lastSentAt('another')).toBeNull();
    expect(await store.pushes('2026-11')).toEqual({
      total: 1,
      events: 0,
      robots: 1,
      byDay: [{ day: '2026-11-30', pushes: 1 }],
    });
    await store.addDelivery(delivery('t', 3, { state: 'sent', lastAt: at + 1_000 }), at + 1_000);
    expect(await store.pushes('2026-12')).toMatchObject({ total: 1, robots: 1 });
  });

  test('deletes old deliveries unless they are still to be sent', async () => {
    const now = 10 * RETENTION_MS.deliveries;
    const old = now - RETENTION_MS.deliveries - 1;
    for (let nth = 0; nth < 350; nth += 1)
      await store.addDelivery(delivery(`s${nth}`, old, { state: 'sent' }), null);
    await store.addDelivery(delivery('waits', old), null);
    await store.addDelivery(delivery('young', old + 2, { state: 'failed' }), null);
    await store.putSilence(silence('old', { kind: 'once', from: 1, until: old }));
    let place: RetentionPlace | null = null;
    do ({ next: place } = await store.deleteOld(place, now));
    while (place !== null);
    expect((await store.deliveries(null, 10)).map(({ id }) => id)).toEqual(['young', 'waits']);
    expect(await store.silences(0)).toEqual([]);
  });
});
