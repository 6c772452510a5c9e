import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Operator } from '#lib/domain/access/operator.ts';
import type { Device } from '#lib/domain/devices/device.ts';
import type { EventNews, Override } from '#lib/domain/events/device-event.ts';
import type { Store } from '#lib/store/store.ts';
import { person } from '#lib/testing/app.ts';
import { movingClock } from '#lib/testing/clocks/moving-clock.ts';
import { ENGINES, type TestEngine } from '#lib/testing/databases/engines.ts';
import { controller, reading } from '#lib/testing/reading.ts';
import { deviceHistory } from './device-history.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const REF = { by: 'deviceId', id: '1234' } as const;
const [sqlite] = ENGINES;
const clock = movingClock();
const support = person('support');
let engine: TestEngine;
let store: Store;
let now: number;
let serial = 0;

beforeAll(async () => {
  engine = await (sqlite as NonNullable<typeof sqlite>).start();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  await engine.fresh();
  store = await engine.open();
  now = clock.now();
});

const history = (as: Operator = support, asked = {}, ref: Parameters<typeof deviceHistory>[2] = REF) =>
  deviceHistory({ store, clock: { ...clock, now: () => now }, operatorUnionId: 'operator' }, as, ref, asked);
const read = (ago: number, device: Partial<Device>, operatorUnionId = 'operator') => {
  const source = operatorUnionId === 'operator' ? 'sweep' : 'look-up';
  return store.recordReading(REF, reading({ observedAt: now - ago, device, operatorUnionId, source }));
};
const send = (ago: number, news: object) =>
  store.recordEvent(
    { eventId: `${++serial}`, type: 'a_type', bornAt: now - ago, body: {} },
    { device: { deviceId: '1234', unionId: null }, at: now - ago, ...news } as EventNews,
    { transport: 'stream', at: now - ago },
  );
const addEvent = (ago: number, ...overrides: Override[]) =>
  send(ago, { kind: 'properties', overrides, notUnderstood: [] });
const alarm = (ago: number, status: string) =>
  send(ago, {
    kind: 'alarm',
    rule: 'offline',
    rawRule: 'device_offline_lwp',
    level: 'serious',
    status,
    description: 'gone dark',
  });
const watchAll = async (ago: number) => {
  for (let at = ago; at >= 0; at -= MINUTE) await store.keepWatch('stream', now - at, 2 * MINUTE);
};
const agoOf = (iso: string | null) => (iso === null ? null : (now - Date.parse(iso)) / MINUTE);

const busy = { state: 'in-meeting', raw: 'conf_running' } as const;
const idle = { state: 'idle', raw: 'idle' } as const;

describe('the history of a device', () => {
  test('has spans, moments, alarms, uptime and the reliability of events', async () => {
    await read(50, { status: idle });
    await read(50 * MINUTE, { status: idle });
    await addEvent(40 * MINUTE, { field: 'status', value: busy });
    await alarm(30 * MINUTE, 'open');
    await alarm(20 * MINUTE, 'resolved');
    await watchAll(45 * MINUTE);
    const answer = await history(support, { from: now - HOUR });
    expect(
      answer.spans.map(({ from, to, state, source }) => `${agoOf(from)}-${agoOf(to)} ${state} ${source}`),
    ).toEqual([
      '60-40 not-observed null',
      '40-30 in-meeting event',
      '30-20 offline event',
      `20-${50 / MINUTE} unknown event`,
      `${50 / MINUTE}-0 idle sweep`,
    ]);
    expect(answer.moments).toEqual([
      { at: new Date(now - 50 * MINUTE).toISOString(), state: 'idle', source: 'sweep' },
    ]);
    expect(answer.uptime).toEqual({ windowMs: HOUR, observedMs: 40 * MINUTE, onlineMs: 30 * MINUTE });
    expect(answer.alarms).toEqual([
      {
        rule: 'offline',
        level: 'serious',
        description: 'gone dark',
        processingAt: null,
        from: new Date(now - 30 * MINUTE).toISOString(),
        to: new Date(now - 20 * MINUTE).toISOString(),
      },
    ]);
    expect(agoOf(answer.watchedSince)).toBe(40);
    expect(answer.push).toEqual({ agreed: 0, missed: 0 });
    expect(Date.parse(answer.window.to)).toBe(now);
  });

  test('covers seven days by default', async () => {
    await read(0, {});
    const { window } = await history();
    expect(Date.parse(window.to) - Date.parse(window.from)).toBe(7 * 24 * HOUR);
    await expect(history(support, { days: 3, from: 0 })).rejects.toThrow('invalid-question.window');
  });

  test('ends where a reading after its window shows that it ended', async () => {
    await read(30 * MINUTE, { status: idle });
    await read(18 * MINUTE, { status: idle });
    const { spans } = await history(support, { from: now - HOUR, to: now - 25 * MINUTE });
    expect(spans.map(({ state, to }) => `${state} ${agoOf(to)}`)).toEqual(['not-observed 30', 'idle 25']);
  });

  test('has alarms that began before its window and are open, and none that were over by then', async () => {
    await read(0, {});
    await alarm(300 * MINUTE, 'open');
    expect((await history(support, { from: now - HOUR })).alarms).toMatchObject([{ to: null }]);
    // DingTalk's text may name the device.
    expect(JSON.stringify(await history(person('viewer')))).not.toContain('gone dark');
    await alarm(200 * MINUTE, 'resolved');
    expect((await history(support, { from: now - HOUR })).alarms).toEqual([]);
    expect((await history(support, { to: now - 250 * MINUTE })).alarms).toHaveLength(1);
  });

  test('shows each role what it sees of the device, and no more of the changes', async () => {
    const panel = controller({ unionId: 'lmvPanel', mac: 'MAC-2', castCode: 'CAST-2' });
    await read(20 * MINUTE, { castCode: 'CAST-1', serial: 'SERIAL-1', firmware: '1' });
    await read(10 * MINUTE, { castCode: 'CAST-3', serial: 'SERIAL-3', firmware: '2', controllers: [panel] });
    const seen = async (role: Parameters<typeof person>[0]) => {
      const { changes } = await history(person(role));
      return [...new Set(JSON.stringify(changes).match(/CAST|SERIAL|MAC|lmvPanel|firmware/g))].sort();
    };
    expect(await seen('viewer')).toEqual(['firmware']);
    expect(await seen('support')).toEqual(['MAC', 'SERIAL', 'firmware', 'lmvPanel']);
    expect(await seen('admin'), 'no role sees a cast code').toEqual(await seen('support'));
    const { changes, moreChanges } = await history(person('viewer'));
    expect(changes).toContainEqual({
      field: 'firmware',
      from: '1',
      to: '2',
      source: 'sweep',
      at: new Date(now - 10 * MINUTE).toISOString(),
      notBefore: new Date(now - 20 * MINUTE).toISOString(),
    });
    expect(moreChanges).toBe(false);
  });
});

describe('a person who requests a history', () => {
  test('does not find a device whose data they may not see', async () => {
    await expect(history()).rejects.toThrow('device-not-found.not-known-yet');
    await read(MINUTE, {}, 'somebody');
    const other = person('support', 'outsider');
    await expect(history(other)).rejects.toThrow('device-not-found.not-known-yet');
  });

  test('sees facts from other people’s queries once DingTalk has answered them too', async () => {
    const asker = person('support', 'asker');
    await read(30 * MINUTE, { status: idle, firmware: '1' });
    await read(20 * MINUTE, { status: idle, firmware: '2' }, 'somebody');
    const seenBy = async (as: Operator) => {
      const { changes, moments } = await history(as);
      return [changes.length, moments.length];
    };
    expect(await seenBy(asker), 'only the scheduled check').toEqual([0, 1]);
    expect(await seenBy(person('viewer'))).toEqual([1, 0]);
    await read(10 * MINUTE, { status: idle, firmware: '2' }, 'asker');
    expect((await history(asker)).changes).toHaveLength(1);
  });

  test('sees it end at their own last answer once DingTalk refuses them', async () => {
    const refused = person('support', 'refused');
    await read(20 * MINUTE, { status: idle, firmware: '1' }, 'refused');
    await read(10 * MINUTE, { status: idle, firmware: '2' });
    expect((await history(refused)).changes).toHaveLength(1);
    await store.recordRefusal(REF, 'refused', now - 5 * MINUTE);
    const { changes, spans } = await history(refused);
    expect(changes).toEqual([]);
    expect(spans).toMatchObject([{ state: 'not-observed' }]);
  });
});
