import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { RETENTION_MS, type RetentionPlace } from '#lib/domain/history/retention.ts';
import type { Store } from '#lib/store/store.ts';
import { ENGINES, type TestEngine } from '#lib/testing/databases/engines.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { controller, reading } from '#lib/testing/reading.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = 20_000 * DAY + 7 * HOUR;
const ago = (days: number, hours = 0) => NOW - days * DAY - hours * HOUR;
const REF = { by: 'deviceId', id: '1234' } as const;

describe.each(ENGINES)('retention on $engine', ({ start }) => {
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

  /** Tidies to the end and answers what went in each step. */
  async function deleteAllOld(now = NOW): Promise<number[]> {
    const steps: number[] = [];
    let place: RetentionPlace | null = null;
    do {
      const step = await store.deleteOld(place, now);
      steps.push(step.removed);
      place = step.next;
    } while (place !== null && steps.length < 5_000);
    expect(place, 'it comes to an end').toBeNull();
    return steps;
  }

  const read = (observedAt: number, firmware = 'A', given: object = {}, id = '1234') =>
    store.recordReading(
      { by: 'deviceId', id },
      reading({ observedAt, device: { deviceId: id, unionId: `union-${id}`, firmware }, ...given }),
    );
  const sendEvent = (at: number, state: 'idle' | 'offline', deviceId = '1234') =>
    store.recordEvent(
      { eventId: `event ${++serial}`, type: 't', bornAt: at, body: {} },
      {
        kind: 'properties',
        device: { deviceId, unionId: null },
        at,
        notUnderstood: [],
        overrides: [{ field: 'status', value: { state, raw: state } }],
      },
      { transport: 'stream', at },
    );
  const deviceAlarm = (at: number, status: 'open' | 'resolved', rule: 'offline' | 'unknown' = 'offline') =>
    store.recordEvent(
      { eventId: `event ${++serial}`, type: 't', bornAt: at, body: {} },
      {
        kind: 'alarm',
        device: { deviceId: '1234', unionId: null },
        at,
        rule,
        rawRule: rule,
        level: 'serious',
        status,
        description: null,
      },
      { transport: 'stream', at },
    );
  const knownAt = async (now: number, id = '1234') => {
    const latest = await store.latestReading({ by: 'deviceId', id }, { now });
    return latest && latest.observedAt <= now ? latest : null;
  };
  const readings = async () => {
    const moments = new Set<number>();
    for (let at = NOW; ; ) {
      const latest = await knownAt(at);
      if (!latest || moments.has(latest.observedAt)) return [...moments].reverse();
      moments.add(latest.observedAt);
      at = latest.observedAt - 1;
    }
  };

  test('leaves an empty database unchanged, and records its time', async () => {
    expect(await store.retentionRanAt()).toBe(0);
    expect(await deleteAllOld()).toEqual(expect.arrayContaining([0]));
    expect(await store.retentionRanAt()).toBe(NOW);
  });

  test('keeps of old readings the first and last of a day, and each that differs', async () => {
    const day = Math.floor(ago(200) / DAY) * DAY;
    for (const hour of [1, 3, 5, 7, 9]) await read(day + hour * HOUR);
    await read(day + 10 * HOUR, 'B');
    for (const hour of [12, 14, 16]) await read(day + hour * HOUR, 'A');
    for (const hour of [1, 2, 3]) await read(NOW - 10 * DAY + hour * HOUR, 'A');
    await deleteAllOld();
    const kept = (await readings()).map((at) => (at > NOW - 20 * DAY ? 'new' : (at - day) / HOUR));
    expect(kept).toEqual([1, 10, 12, 16, 'new', 'new', 'new']);
  });

  test('keeps a reading before an event that came ahead of the next reading', async () => {
    const day = Math.floor(ago(200) / DAY) * DAY;
    for (const hour of [1, 3, 5, 7, 9]) await read(day + hour * HOUR);
    await sendEvent(day + 4 * HOUR, 'offline');
    await deleteAllOld();
    expect((await readings()).map((at) => (at - day) / HOUR)).toEqual([1, 3, 5, 7, 9]);
  });

  test('keeps what was known at any moment of the last 400 days, up to a day of its age', async () => {
    const day = Math.floor(ago(300) / DAY) * DAY;
    const reading = fc.record({
      minute: fc.nat({ max: 3 * 24 * 60 }),
      firmware: fc.constantFrom('A', 'A', 'A', 'B'),
      operatorUnionId: fc.constantFrom('desk', 'desk', 'desk', 'anna'),
    });
    const readings = fc.uniqueArray(reading, {
      selector: ({ minute }) => minute,
      minLength: 5,
      maxLength: 25,
    });
    await fc.assert(
      fc.asyncProperty(readings, fc.uuid(), async (all, id) => {
        const moments = all.map(({ minute }) => day + minute * 60_000);
        for (const { minute, firmware, operatorUnionId } of all) {
          await read(day + minute * 60_000, firmware, { operatorUnionId }, id);
        }
        const asked = [...moments, ...moments.map((at) => at + 1)];
        const before = await Promise.all(asked.map((at) => knownAt(at, id)));
        // As if it were the first time, since the readings of each run are of the same days.
        let place: RetentionPlace | null = { part: 'readings', after: '', from: day };
        while (place?.part === 'readings') place = (await store.deleteOld(place, NOW)).next;
        const after = await Promise.all(asked.map((at) => knownAt(at, id)));
        after.forEach((latest, index) => {
          const was = before[index];
          expect(latest?.device).toEqual(was?.device);
          expect(latest?.operatorUnionId).toBe(was?.operatorUnionId);
          expect((was?.observedAt ?? 0) - (latest?.observedAt ?? 0)).toBeLessThan(DAY);
        });
      }),
      { numRuns: fuzzRuns(6, 2_000) },
    );
  });

  test('keeps what is known today, however old it is', async () => {
    await read(ago(900), 'A', { operatorUnionId: 'anna' });
    await read(ago(899), 'A', { operatorUnionId: 'desk' });
    await read(ago(898), 'A', { operatorUnionId: 'desk' });
    await store.recordReading(
      { by: 'unionId', id: 'asked' },
      reading({ observedAt: ago(890), device: { deviceId: '77', unionId: null } }),
    );
    const row = (await store.devicesByKeys(['1234']))[0];
    await deleteAllOld();
    expect((await readings()).map((at) => (NOW - at) / DAY)).toEqual([900, 898]);
    const named = (operatorUnionId: string) => store.latestReading(REF, { now: NOW, operatorUnionId });
    expect((await named('anna'))?.observedAt).toBe(ago(900));
    expect(await store.latestReading({ by: 'unionId', id: 'asked' }, { now: NOW })).not.toBeNull();
    expect((await store.devicesByKeys(['1234']))[0]).toEqual(row);
  });

  test('keeps the beginning of a status that has lasted for years', async () => {
    await sendEvent(ago(1_000), 'offline');
    for (const days of [900, 800, 700, 600, 500, 100, 5]) await sendEvent(ago(days), 'idle');
    await deleteAllOld();
    expect((await store.devicesByKeys(['1234']))[0]).toMatchObject({ state: 'idle', stateSince: ago(900) });
    expect((await store.statusMarks('1234', 0, NOW)).map(({ at }) => (NOW - at) / DAY)).toEqual([
      900, 100, 5,
    ]);
    await sendEvent(ago(1), 'idle');
    expect((await store.devicesByKeys(['1234']))[0]?.stateSince, 'also after the next word').toBe(ago(900));
  });

  test('keeps an open alarm, and deletes those that ended long ago', async () => {
    await deviceAlarm(ago(800), 'open');
    await deviceAlarm(ago(790), 'resolved');
    await deviceAlarm(ago(700), 'open');
    await deviceAlarm(ago(600), 'open', 'unknown');
    await deleteAllOld();
    const kept = await store.alarmMarks('1234', 0, NOW);
    expect(kept.map(({ at }) => (NOW - at) / DAY).sort()).toEqual([600, 700]);
  });

  test('deletes changes, events and single calls by their age, and keeps their sums', async () => {
    for (const [days, firmware] of [
      [600, 'A'],
      [500, 'B'],
      [300, 'C'],
    ] as const)
      await read(ago(days), firmware);
    await sendEvent(ago(500), 'idle');
    await sendEvent(ago(300), 'idle');
    const settlement = { counted: true, status: 200, code: null, requestId: null, ms: 5 };
    for (const days of [100, 70, 10]) {
      const id = `call ${days}`;
      await store.chargeCall({ id, at: ago(days), purpose: 'sweep', api: 'device' }, 100);
      const reason = days === 70 ? ('dingtalk-confused.shape' as const) : null;
      await store.settleCalls([{ id, settlement: { ...settlement, reason } }]);
    }
    await store.recordIssues('1234', ['offline', 'no-room'], ago(450));
    await store.recordIssues('1234', ['no-room', 'stale'], ago(420));
    await store.recordIssues('1234', ['no-room'], ago(10));
    await deleteAllOld();
    expect((await store.issueSpans('1234', 0, NOW)).map(({ code }) => code)).toEqual(['no-room', 'stale']);
    expect((await store.changes('1234', 99)).map(({ to }) => to)).toEqual(['C']);
    expect((await store.events({ deviceId: '1234', type: null }, null, 9)).items).toHaveLength(1);
    expect((await store.failedCalls(9)).map(({ id }) => id)).toEqual([]);
    expect((await store.lastCalls()).answered?.id).toBe('call 10');
  });

  test('changes at most a few hundred rows in a step, and queries are answered in between', async () => {
    await read(ago(600));
    for (let event = 0; event < 350; event += 1)
      await sendEvent(ago(500) + event, event % 2 ? 'idle' : 'offline');
    const steps = await deleteAllOld();
    expect(Math.max(...steps)).toBeLessThanOrEqual(300);
    expect(steps.reduce((sum, removed) => sum + removed)).toBeGreaterThan(650);
    expect((await store.devicesByKeys(['1234']))[0]?.state).toBe('idle');
  });

  test('keeps the last values of a controller', async () => {
    const panel = controller({ deviceId: '2345', unionId: 'lmvP' });
    await store.recordReading(REF, reading({ observedAt: ago(900), device: { controllers: [panel] } }));
    await sendEvent(ago(800), 'offline', '2345');
    await sendEvent(ago(700), 'idle', '2345');
    await deleteAllOld();
    expect((await store.statusMarks('2345', 0, NOW)).map(({ at }) => (NOW - at) / DAY)).toEqual([700]);
  });

  test('leaves newer data unchanged', async () => {
    await read(NOW - RETENTION_MS.everyReading + DAY);
    await read(NOW - RETENTION_MS.everyReading + DAY + 1);
    await read(NOW - RETENTION_MS.everyReading + DAY + 2);
    await sendEvent(NOW - RETENTION_MS.history + HOUR, 'idle');
    expect((await deleteAllOld()).every((removed) => removed === 0)).toBe(true);
  });
});
