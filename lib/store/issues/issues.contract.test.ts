import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '#lib/store/store.ts';
import { ENGINES, type TestEngine } from '#lib/testing/databases/engines.ts';
import { recordKnownWorld } from '#lib/testing/known-world.ts';

describe.each(ENGINES)('issues on $engine', ({ start }) => {
  let engine: TestEngine;
  let store: Store;

  beforeAll(async () => {
    engine = await start();
  });

  beforeEach(async () => {
    await engine.fresh();
    store = await engine.open();
    await recordKnownWorld(store, 1_000);
  });

  afterAll(() => engine.stop());

  const since = async (key: string) => (await store.devicesByKeys([key]))[0]?.issueSince;

  const shown = async (key: string) => (await store.devicesByKeys([key]))[0]?.issues;

  test('begin and end as they are written, and lists show the current ones', async () => {
    expect(await store.recordIssues('1001', ['offline', 'shared-ip'], 2_000)).toEqual({
      raised: ['offline', 'shared-ip'],
      cleared: [],
    });
    expect(await shown('1001')).toEqual(['offline', 'shared-ip']);
    expect(await store.recordIssues('1001', ['shared-ip', 'stale'], 3_000)).toEqual({
      raised: ['stale'],
      cleared: ['offline'],
    });
    expect(await shown('1001')).toEqual(['shared-ip', 'stale']);
    expect(await store.issueSpans('1001', 0, 9_000)).toEqual([
      { code: 'offline', from: 2_000, to: 3_000 },
      { code: 'shared-ip', from: 2_000, to: null },
      { code: 'stale', from: 3_000, to: null },
    ]);
    expect((await store.issueSpans('1001', 3_500, 9_000)).map(({ code }) => code)).toEqual([
      'shared-ip',
      'stale',
    ]);
    expect((await store.issueSpans('1001', 0, 2_500)).map(({ code }) => code)).toEqual([
      'offline',
      'shared-ip',
    ]);
    await store.recordIssues('1001', [], 4_000);
    expect(await shown('1001')).toEqual([]);
    expect(await store.currentIssues()).toEqual([]);
  });

  test('tell since when the most severe one is known', async () => {
    expect(await since('1001')).toBeNull();
    await store.recordIssues('1001', ['shared-ip', 'stale'], 2_000);
    expect(await since('1001')).toBe(2_000);
    await store.recordIssues('1001', ['offline', 'shared-ip'], 3_000);
    expect(await since('1001')).toBe(3_000);
    await store.recordIssues('1001', ['shared-ip'], 4_000);
    expect(await since('1001'), 'it began before the one that ended').toBe(2_000);
    await store.recordIssues('1001', [], 5_000);
    expect(await since('1001')).toBeNull();
  });

  test('that are current name their device and room, the oldest first', async () => {
    await store.recordIssues('1002', ['offline'], 3_000);
    await store.recordIssues('1001', ['stale'], 2_000);
    await store.recordIssues('10001', ['no-room'], 4_000);
    expect(await store.currentIssues()).toEqual([
      {
        deviceKey: '1001',
        deviceId: '1001',
        name: 'Wall screen',
        code: 'stale',
        since: 2_000,
        roomId: 'room-big',
        roomName: '大会议室',
      },
      {
        deviceKey: '1002',
        deviceId: '1002',
        name: 'Hut screen',
        code: 'offline',
        since: 3_000,
        roomId: 'room-hut',
        roomName: 'Hut 2',
      },
      {
        deviceKey: '10001',
        deviceId: '10001',
        name: 'Spare',
        code: 'no-room',
        since: 4_000,
        roomId: null,
        roomName: null,
      },
    ]);
  });

  test('are in the feed when they are new, and not for an unknown device', async () => {
    const head = await store.feedHead();
    await store.recordIssues('1001', [], 2_000);
    await store.recordIssues('nobody', ['offline'], 2_000);
    expect(await store.feedHead()).toBe(head);
    await store.recordIssues('1001', ['offline', 'offline'], 2_000);
    await store.recordIssues('1001', ['offline'], 2_500);
    expect(await store.feedAfter(head, 10)).toEqual([
      { seq: head + 1, at: 2_000, kind: 'device', key: '1001' },
    ]);
    expect(await store.currentIssues()).toHaveLength(1);
  });

  test('never end before they began after the clock was set back, and can begin again', async () => {
    await store.recordIssues('1001', ['offline'], 2_000);
    await store.recordIssues('1001', [], 1_500);
    expect(await store.issueSpans('1001', 0, 9_000)).toEqual([{ code: 'offline', from: 2_000, to: 2_000 }]);
    await store.recordIssues('1001', ['offline'], 2_000);
    expect(await store.issueSpans('1001', 0, 9_000)).toEqual([{ code: 'offline', from: 2_000, to: null }]);
  });

  test('of a removed device are not current', async () => {
    await store.recordIssues('1001', ['offline'], 2_000);
    await store.markDeviceRemoved({ by: 'deviceId', id: '1001' }, 3_000);
    expect(await store.currentIssues()).toEqual([]);
  });

  test('of a snapshot are those known then', async () => {
    await store.recordIssues('1001', ['offline'], 2_000);
    await store.recordIssues('1001', [], 3_000);
    const then = await store.devicesThen(2_500, null, 10);
    expect(then.find(({ key }) => key === '1001')?.issues).toEqual(['offline']);
  });
});
