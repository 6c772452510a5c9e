import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '#lib/server/system-clock.ts';
import { createInventory } from '#lib/services/inventory/inventory.ts';
import type { Store } from '#lib/store/store.ts';
import { ENGINES, instanceBeside, type TestEngine } from '#lib/testing/databases/engines.ts';
import { room } from '#lib/testing/fleet.ts';
import { reading } from '#lib/testing/reading.ts';
import { createLive, type Live, type LiveEvent } from './live.ts';

const UNVOUCHED = { now: systemClock.now, since: async () => null };

describe.each(ENGINES)('the live feed on $engine', ({ start }) => {
  let engine: TestEngine;
  let store: Store;
  let live: Live;
  const warnings: string[] = [];
  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    live?.close();
    warnings.length = 0;
    await engine.fresh();
    store = await engine.open();
    live = open();
    return () => live.close();
  });

  const open = (source: Store = store) => {
    const warn = (fact: string) => void warnings.push(fact);
    return createLive({
      store: source,
      inventory: createInventory(source, UNVOUCHED),
      clock: systemClock,
      warn,
    });
  };
  const recordReading = (deviceId: string, from: Store = store) =>
    from.recordReading(
      { by: 'deviceId', id: deviceId },
      reading({ device: { deviceId, unionId: 'canary-union', room: { id: 'r', name: null } } }),
    );
  const listen = async (since: number | null, to: Live = live) => {
    const events: LiveEvent[] = [];
    const ended: true[] = [];
    const stop = await to.subscribe(
      since,
      (each) => void events.push(...each),
      () => void ended.push(true),
    );
    const devices = () => events.flatMap(({ data }) => ('deviceId' in data ? [data.deviceId] : []));
    return { events, ended, stop, devices };
  };
  const eventually = (check: () => void) =>
    expect
      .poll(
        () => {
          check();
          return true;
        },
        { timeout: 10_000 },
      )
      .toBe(true);

  test('contains everything from now on, for every listener, and nothing restricted', async () => {
    await recordReading('before');
    const [one, other] = [await listen(null), await listen(null)];
    await recordReading('1');
    await store.recordRoomGroups('run', [], 1);
    await eventually(() => expect(one.events).toHaveLength(3));
    expect(one.events.map(({ event, data }) => [event, data])).toEqual([
      ['reading', { deviceId: '1', roomId: 'r' }],
      ['groups', {}],
      ['service', {}],
    ]);
    await eventually(() => expect(other.events).toEqual(one.events));
    expect(JSON.stringify(one.events)).not.toContain('canary');
    one.stop();
    await recordReading('2');
    await eventually(() => expect(other.devices()).toEqual(['1', '2']));
    expect(one.devices()).toEqual(['1']);
  });

  test('names a room, and no union ID of a device that was only found in one', async () => {
    await store.startDiscovery({ id: 'run', depth: 'full', startedBy: null, at: 1 });
    const page = await listen(null);
    await store.recordRoomDetail('run', room({ id: 'r', deviceUnionIds: ['canary-union'] }), 5);
    await eventually(() =>
      expect(page.events.map(({ event }) => event)).toEqual(['room', 'reading', 'service']),
    );
    expect(page.events[0]?.data).toEqual({ roomId: 'r' });
    expect(page.events[1]?.data).toEqual({ deviceId: null, roomId: 'r' });
  });

  test('starts after the number that a page continues from', async () => {
    await recordReading('1');
    const since = await store.feedHead();
    await recordReading('2');
    await recordReading('3');
    const page = await listen(since);
    expect(page.devices()).toEqual(['2', '3']);
    expect(page.events.at(-1)?.id).toBe(await store.feedHead());
    await recordReading('4');
    await eventually(() => expect(page.devices()).toEqual(['2', '3', '4']));
  });

  test('resets when too much was missed, or when the number is from another database', async () => {
    const ahead = await listen(1_000_000);
    expect(ahead.events).toEqual([{ id: await store.feedHead(), event: 'reset', data: {} }]);
    const since = await store.feedHead();
    const rooms = Array.from({ length: 600 }, (_, index) => room({ id: `r${index}` }));
    const { run } = await store.startDiscovery({ id: 'run', depth: 'full', startedBy: null, at: 1 });
    const page = { page: 0, rooms, nextToken: null, complete: true, at: 1, detailBefore: 0 };
    await store.recordRoomPage(run.id, page);
    const late = await listen(since);
    // Events of the other listener may arrive in between.
    expect(late.events).toContainEqual({ id: await store.feedHead(), event: 'reset', data: {} });
    // A listener that was there all the time receives everything.
    await eventually(() => expect(ahead.events.filter(({ event }) => event === 'room')).toHaveLength(600));
  });

  test('omits nothing that was written while a page started to listen', async () => {
    const beside = await instanceBeside(engine, store);
    const other = await listen(null);
    const pages = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const since = await store.feedHead();
        const listening = listen(since);
        await recordReading(`${index}`, index % 2 ? beside : store);
        return { index: `${index}`, page: await listening };
      }),
    );
    await eventually(() => {
      expect(new Set(other.devices()).size).toBe(30);
      for (const { index, page } of pages) expect(page.devices()).toContain(index);
    });
  });

  test('omits nothing when others were notified before the page subscribed', async () => {
    // Another connection may be slower by any time.
    let hold: (() => void) | null = null;
    let slow = false;
    const feedHead = async () => {
      const head = await store.feedHead();
      if (slow) await new Promise<void>((resolve) => (hold = resolve));
      return head;
    };
    const source = createLive({
      store: { ...store, feedHead },
      inventory: createInventory(store, UNVOUCHED),
      clock: systemClock,
      warn: () => undefined,
    });
    const other = await listen(null, source);
    slow = true;
    const late = listen(await store.feedHead(), source);
    await expect.poll(() => hold).not.toBeNull();
    slow = false;
    await recordReading('1');
    await eventually(() => expect(other.devices()).toEqual(['1']));
    (hold as unknown as () => void)();
    const page = await late;
    await eventually(() => expect(page.devices()).toEqual(['1']));
    source.close();
  });

  test('reaches the other listeners when one of them fails', async () => {
    await live.subscribe(
      null,
      () => {
        throw new Error('gone');
      },
      () => undefined,
    );
    const page = await listen(null);
    await recordReading('1');
    await eventually(() => expect(page.devices()).toEqual(['1']));
    expect(warnings).toEqual([]);
  });

  test('continues after a failure of the store without omissions', async () => {
    let failing = false;
    const feedAfter: Store['feedAfter'] = (...given) =>
      failing ? Promise.reject(new Error('down')) : store.feedAfter(...given);
    const source = open({ ...store, feedAfter });
    const page = await listen(null, source);
    failing = true;
    await recordReading('1');
    await expect.poll(() => warnings).toContain('feed not read');
    await expect(listen(0, source)).rejects.toThrow('down');
    failing = false;
    await recordReading('2');
    await eventually(() => expect(page.devices()).toEqual(['1', '2']));
    source.close();
  });

  test('ends when the process is about to, also for a page that is just starting', async () => {
    const page = await listen(null);
    const beginning = listen(null);
    live.close();
    expect(page.ended).toHaveLength(1);
    expect((await beginning).ended).toHaveLength(1);
    expect((await listen(null)).ended).toHaveLength(1);
    await recordReading('1');
    expect(page.events).toEqual([]);
  });
});
