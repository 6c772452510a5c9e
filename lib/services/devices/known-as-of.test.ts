import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Operator } from '#lib/domain/access/operator.ts';
import type { Device } from '#lib/domain/devices/device.ts';
import type { EventNews, Override } from '#lib/domain/events/device-event.ts';
import type { Store } from '#lib/store/store.ts';
import { person } from '#lib/testing/app.ts';
import { movingClock } from '#lib/testing/clocks/moving-clock.ts';
import { ENGINES, type TestEngine } from '#lib/testing/databases/engines.ts';
import { controller, reading } from '#lib/testing/reading.ts';
import { getDeviceAsOf, type Moments } from './known-as-of.ts';

const MINUTE = 60_000;
const REF = { by: 'deviceId', id: '1234' } as const;
const idle = { state: 'idle', raw: 'idle' } as const;
const busy = { state: 'in-meeting', raw: 'conf_running' } as const;
const offline = { state: 'offline', raw: 'offline' } as const;
const current = <S>(status: S) => ({ ...status, current: true });

describe.each(ENGINES)('a snapshot of a device on $engine', ({ start }) => {
  let engine: TestEngine;
  let store: Store;
  let now: number;
  let serial = 0;
  const clock = movingClock();

  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    await engine.fresh();
    store = await engine.open();
    now = clock.now();
  });

  /** At so many minutes before now, compared with so many before now. */
  const then = (ago: number, against?: number, as: Operator = person('support')) =>
    getDeviceAsOf({ store, clock: { ...clock, now: () => now }, operatorUnionId: 'operator' }, as, REF, {
      at: now - ago * MINUTE,
      ...(against !== undefined && { against: now - against * MINUTE }),
    } satisfies Moments);
  const read = (ago: number, device: Partial<Device>, operatorUnionId = 'operator') =>
    store.recordReading(
      REF,
      reading({
        observedAt: now - ago * MINUTE,
        device,
        operatorUnionId,
        source: operatorUnionId === 'operator' ? 'sweep' : 'look-up',
      }),
    );
  const overrides = (bornAgo: number, receivedAgo: number, fields: Override[], deviceId = '1234') =>
    store.recordEvent(
      { eventId: `${++serial}`, type: 'a_type', bornAt: now - bornAgo * MINUTE, body: {} },
      {
        kind: 'properties',
        device: { deviceId, unionId: null },
        at: now - bornAgo * MINUTE,
        overrides: fields,
        notUnderstood: [],
      } as EventNews,
      { transport: 'stream', at: now - receivedAgo * MINUTE },
    );
  const status = (value: object): Override => ({ field: 'status', value });

  test('finds issues from the values of that moment, and not from later ones', async () => {
    await read(30, {
      status: offline,
      room: { id: 'r1', name: null },
      activatedAt: '2023-10-13T11:54:05.000Z',
    });
    await read(10, { status: idle, room: null, activatedAt: null });
    const { issues } = await then(20);
    expect(issues.map(({ code }) => code)).toEqual(['offline']);
    expect(issues[0]?.evidence).toEqual([
      {
        field: 'status.state',
        value: 'offline',
        source: 'sweep',
        of: null,
        at: new Date(now - 30 * MINUTE).toISOString(),
      },
    ]);
    expect((await then(5)).issues.map(({ code }) => code)).toEqual(['no-room', 'never-activated']);
  });

  test('is the newest reading of that moment, with its age then', async () => {
    await read(30, { name: 'Before', status: idle });
    await read(10, { name: 'After', status: busy });
    const answer = await then(20);
    expect(answer).toMatchObject({ device: { name: 'Before', status: idle }, ageMs: 10 * MINUTE });
    expect(answer).toMatchObject({ source: 'last-known', callsLeft: null });
    expect((await then(10)).device.name).toBe('After');
  });

  test('has the event values received by then, and none that were received later', async () => {
    await read(60, { status: idle });
    await overrides(50, 49, [status(busy)]);
    await overrides(40, 20, [status(offline)]);
    expect((await then(55)).device.status).toEqual(current(idle));
    expect((await then(30)).device.status, 'sent but not received yet').toEqual(current(busy));
    expect((await then(20)).device.status).toEqual(current(offline));
    expect((await then(20)).overrides).toHaveLength(1);
  });

  test('stays the same when late events and newer readings arrive', async () => {
    await read(60, { status: idle });
    await overrides(40, 40, [status(busy)]);
    const before = await then(30, 25);
    await overrides(45, 5, [status(offline)]);
    await overrides(35, 4, [status(offline), { field: 'firmware', value: 'later' }]);
    await read(2, { status: idle, firmware: 'newest' });
    expect(await then(30, 25)).toEqual(before);
  });

  test('uses the newest event of a field, whichever was received first', async () => {
    await read(60, { status: idle });
    await overrides(30, 29, [status(busy)]);
    await overrides(40, 28, [status(offline)]);
    expect((await then(27)).device.status).toEqual(current(busy));
  });

  test('has the statuses of its controllers at that moment', async () => {
    await read(60, { controllers: [controller({ deviceId: '2345', unionId: 'lmvP', status: idle })] });
    await overrides(40, 40, [status(offline)], '2345');
    const shown = async (ago: number) => (await then(ago)).device.controllers[0]?.status;
    expect(await shown(50)).toEqual(current(idle));
    expect(await shown(30)).toEqual(current(offline));
  });

  test('has a status that was current or not as of then', async () => {
    await read(300, { status: offline, controllers: [controller({ status: idle })] });
    const then120 = await then(300 - 179);
    expect(then120.device).toMatchObject({
      status: { current: true },
      controllers: [{ status: { current: true } }],
    });
    const then180 = await then(300 - 180);
    expect(then180.device).toMatchObject({
      status: { current: false },
      controllers: [{ status: { current: true } }],
    });
  });

  test('lists each field that differs at a second moment, by default now', async () => {
    await read(60, { name: 'One', firmware: '1.0', status: idle });
    await read(40, { name: 'One', firmware: '2.0', status: idle });
    await read(20, { name: 'Two', firmware: '2.0', status: idle });
    expect((await then(50, 30)).past?.differs).toEqual([{ field: 'firmware', from: '1.0', to: '2.0' }]);
    expect((await then(30, 50)).past?.differs).toEqual([{ field: 'firmware', from: '2.0', to: '1.0' }]);
    expect((await then(50)).past?.differs.map(({ field }) => field).sort()).toEqual(['firmware', 'name']);
    expect((await then(50, 45)).past?.differs).toEqual([]);
  });

  test('hides the same fields as the current page', async () => {
    await read(60, { castCode: 'old-secret', mac: 'aa', controllers: [controller({ castCode: 'panel-1' })] });
    await read(20, { castCode: 'new-secret', mac: 'bb', controllers: [controller({ castCode: 'panel-2' })] });
    for (const role of ['support', 'admin'] as const) {
      const shown = JSON.stringify(await then(40, 0, person(role)));
      for (const secret of ['old-secret', 'new-secret', 'panel-1', 'panel-2']) {
        expect(shown).not.toContain(secret);
      }
    }
    const viewer = JSON.stringify(await then(40, 0, person('viewer')));
    expect(viewer).not.toMatch(/"(?:aa|bb)"/);
    expect((await then(40, 0, person('admin'))).past?.differs).toContainEqual({
      field: 'castCode',
      from: { concealed: true },
      to: { concealed: true },
    });
  });

  test('hides from an operator what other people queried, as the current page does', async () => {
    const asker = { ...person('support'), unionId: 'asker' };
    await read(60, { name: 'From a scheduled check' });
    await read(50, { name: 'From another person’s query' }, 'somebody');
    expect((await then(40, 0, asker)).device.name).toBe('From a scheduled check');
    await store.recordRefusal(REF, 'asker', now - MINUTE);
    await expect(then(40, 0, asker)).rejects.toThrow('device-not-found.not-known-then');
    expect((await then(40, 0, person('viewer'))).device.name).toBe('From another person’s query');
  });

  test('does not exist before the first reading, and a future moment is refused', async () => {
    await read(10, {});
    await expect(then(20)).rejects.toThrow('device-not-found.not-known-then');
    await expect(then(-5)).rejects.toThrow('invalid-question.moment');
    await expect(then(5, -5)).rejects.toThrow('invalid-question.moment');
  });
});
