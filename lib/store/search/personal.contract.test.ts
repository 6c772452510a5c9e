import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '#lib/store/store.ts';
import { ENGINES, instanceBeside, type TestEngine } from '#lib/testing/databases/engines.ts';

describe.each(ENGINES)('personal data on $engine', ({ start }) => {
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

  test('is empty at first', async () => {
    expect(await store.pins('anna')).toEqual([]);
    expect(await store.savedViews('anna')).toEqual([]);
    expect(await store.visits('anna', 5)).toEqual([]);
  });

  test('keeps pins in the order in which they were made, once each', async () => {
    const device = { kind: 'device', key: '1234', at: 20 } as const;
    const room = { kind: 'room', key: '1234', at: 10 } as const;
    await store.pin('anna', device);
    await store.pin('anna', room);
    await store.pin('anna', { ...room, at: 30 });
    await store.pin('ben', { ...device, at: 1 });
    expect(await store.pins('anna')).toEqual([room, device]);
    await store.unpin('anna', device);
    await store.unpin('anna', { kind: 'device', key: 'never' });
    expect(await store.pins('anna')).toEqual([room]);
    expect(await store.pins('ben')).toHaveLength(1);
  });

  test('lists views by name, in the order of the language', async () => {
    for (const [at, name] of ['Floor 10', '会议室', 'floor 9', '办公室', 'Écran'].entries()) {
      await store.saveView('anna', { id: String(at), name, path: '/devices', at });
    }
    const names = (await store.savedViews('anna')).map((view) => view.name);
    expect(names).toEqual(['办公室', '会议室', 'Écran', 'floor 9', 'Floor 10']);
  });

  test('replaces a view of the same name, and renames one of the same ID', async () => {
    const view = { id: 'a', name: 'Offline', path: '/devices?status=offline', at: 1 };
    await store.saveView('anna', view);
    await store.saveView('ben', view);
    await store.saveView('anna', { ...view, id: 'b', path: '/devices?status=error', at: 2 });
    expect(await store.savedViews('anna')).toEqual([
      { id: 'b', name: 'Offline', path: '/devices?status=error', at: 2 },
    ]);
    await store.saveView('anna', { id: 'b', name: 'Faulty', path: '/devices?status=error', at: 3 });
    expect((await store.savedViews('anna')).map((each) => each.name)).toEqual(['Faulty']);
    expect(await store.savedViews('ben')).toEqual([view]);
  });

  test('lets only its owner remove a view', async () => {
    await store.saveView('anna', { id: 'a', name: 'Offline', path: '/devices', at: 1 });
    await store.removeView('ben', 'a');
    expect(await store.savedViews('anna')).toHaveLength(1);
    await store.removeView('anna', 'a');
    expect(await store.savedViews('anna')).toEqual([]);
  });

  test('lists visits newest first, each device once', async () => {
    for (const [key, at] of [
      ['a', 1],
      ['b', 2],
      ['a', 4],
      ['c', 3],
      ['a', 2],
    ] as const) {
      await store.recordVisit('anna', key, at);
    }
    await store.recordVisit('ben', 'z', 9);
    expect(await store.visits('anna', 5)).toEqual(['a', 'c', 'b']);
    expect(await store.visits('anna', 2)).toEqual(['a', 'c']);
  });

  test('keeps the newest fifty visits', async () => {
    for (let at = 1; at <= 60; at++) await store.recordVisit('anna', `device ${at}`, at);
    await store.recordVisit('anna', 'long ago', 0);
    const visits = await store.visits('anna', 100);
    expect(visits).toHaveLength(50);
    expect([visits[0], visits[49]]).toEqual(['device 60', 'device 11']);
  });

  test('loses nothing when one person writes from two places at once', async () => {
    const other = await instanceBeside(engine, store);
    const work = Array.from({ length: 30 }, async (_, at) => {
      const on = at % 2 ? store : other;
      await on.pin('anna', { kind: 'device', key: String(at % 5), at });
      await on.saveView('anna', { id: String(at), name: `View ${at % 5}`, path: '/devices', at });
      await on.recordVisit('anna', String(at % 5), at);
    });
    await Promise.all(work);
    expect(await store.pins('anna')).toHaveLength(5);
    expect(await store.savedViews('anna')).toHaveLength(5);
    expect(await store.visits('anna', 9)).toEqual(['4', '3', '2', '1', '0']);
  });

  test('stores text that databases reject', async () => {
    await store.saveView('anna', { id: 'a', name: "x'; --\u0000\ud800", path: '/devices', at: 1 });
    expect((await store.savedViews('anna'))[0]?.name).toContain("x'; --");
  });
});
