import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Controller, Device } from '#lib/domain/devices/device.ts';
import type { DeviceStatus } from '#lib/domain/devices/device-status.ts';
import type { Reading } from '#lib/domain/devices/reading.ts';
import { CHECK_AFTER_MS } from '#lib/domain/discovery/polling-schedule.ts';
import type { Store } from '#lib/store/store.ts';
import { ENGINES, type TestEngine } from '#lib/testing/databases/engines.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { controller, reading } from '#lib/testing/reading.ts';

const BY_ID = { by: 'deviceId', id: '1234' } as const;
const KEY = '1234';
const MINUTE = 60_000;
const PANEL = controller({ deviceId: '2345', unionId: 'pAnel', name: 'Panel', serial: 'SN-P', model: 'P1' });

const idle: DeviceStatus = { state: 'idle', raw: 'idle' };
const offline: DeviceStatus = { state: 'offline', raw: 'offline' };

describe.each(ENGINES)('the inventory on $engine', ({ start }) => {
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

  const record = (device: Partial<Device>, observedAt: number, more: Partial<Reading> = {}) =>
    store.recordReading(BY_ID, reading({ ...more, observedAt, device }));
  const known = async (key = KEY) => (await store.devicesByKeys([key]))[0];
  const marks = async (key = KEY) =>
    (await store.statusMarks(key, 0, Number.MAX_SAFE_INTEGER)).map(({ at, state }) => `${at} ${state}`);
  const announced = async () => (await store.feedAfter(0, 100))?.map(({ kind, key }) => `${kind} ${key}`);

  test('returns empty results when it is empty', async () => {
    expect(await store.devicesAfter(null, 5)).toEqual([]);
    expect(await store.devicesByKeys([])).toEqual([]);
    expect(await store.roomsByIds([])).toEqual([]);
    expect(await store.keyOf(BY_ID)).toBeNull();
    expect(await store.findIdentifiers({ kinds: ['mac'], values: [], limit: 5 })).toEqual([]);
    expect(await store.findIdentifiers({ kinds: [], values: ['1'], limit: 5 })).toEqual([]);
    expect(await store.checkQueue(5)).toEqual({ due: 0, nextAt: null });
    expect(await store.changes(KEY, 5)).toEqual([]);
    expect(await marks()).toEqual([]);
  });

  test('contains the whole device after a reading', async () => {
    await record(
      {
        name: 'Rooms 3F',
        model: 'R1',
        status: { state: 'unknown', raw: 'dreaming' },
        room: { id: 'room', name: 'Blue' },
        serial: 'SN1',
        mac: 'AA:BB:CC:DD:EE:FF',
        firmware: '1.2',
        software: '3.4',
        network: { type: 'wifi', ssid: 'net', ip: '10.0.0.1', wifiMac: null, wiredMac: null },
        controllers: [PANEL],
      },
      1_000,
      { source: 'sweep' },
    );
    expect(await store.devicesAfter(null, 5)).toEqual([
      {
        key: KEY,
        deviceId: '1234',
        unionId: 'lmvU',
        name: 'Rooms 3F',
        kind: 'device',
        model: 'R1',
        state: 'unknown',
        rawStatus: 'dreaming',
        roomId: 'room',
        roomName: 'Blue',
        serial: 'SN1',
        mac: 'AA:BB:CC:DD:EE:FF',
        ip: '10.0.0.1',
        firmware: '1.2',
        software: '3.4',
        networkType: 'wifi',
        camera: null,
        controllers: [{ deviceId: '2345', name: 'Panel', model: 'P1', status: idle }],
        firstSeenAt: 1_000,
        observedAt: 1_000,
        eventAt: null,
        source: 'sweep',
        stateSince: 1_000,
        changedAt: null,
        removedAt: null,
        issues: [],
        issueSince: null,
        parts: null,
        nextCheck: { at: expect.any(Number), reason: 'routine' },
      },
    ]);
    expect(await announced()).toEqual([`device ${KEY}`]);
  });

  test('keeps the IDs of the query for a device that omits its own', async () => {
    const nameless = { deviceId: null, unionId: null };
    await store.recordReading({ by: 'deviceId', id: '77' }, reading({ device: nameless }));
    await store.recordReading({ by: 'unionId', id: 'uU' }, reading({ device: nameless }));
    expect(await known('77')).toMatchObject({ deviceId: '77', unionId: null });
    expect(await known('union uU')).toMatchObject({ deviceId: null, unionId: 'uU' });
    expect(await store.keyOf({ by: 'unionId', id: 'uU' })).toBe('union uU');
    const hits = await store.findIdentifiers({
      kinds: ['device-id', 'union-id'],
      values: ['77', 'uu'],
      limit: 9,
    });
    expect(hits.map((hit) => hit.deviceKey)).toEqual(['77', 'union uU']);
  });

  test('returns devices page by page in the order of their keys', async () => {
    const ids = ['b', 'a', 'C', 'd9', 'd10', 'é'];
    for (const id of ids)
      await store.recordReading({ by: 'deviceId', id }, reading({ device: { deviceId: id } }));
    const pages: string[][] = [];
    for (let after: string | null = null; ; after = pages.at(-1)!.at(-1)!) {
      const page = await store.devicesAfter(after, 2);
      if (page.length === 0) break;
      pages.push(page.map((each) => each.key));
    }
    expect(pages).toEqual([
      ['C', 'a'],
      ['b', 'd10'],
      ['d9', 'é'],
    ]);
    const many = Array.from({ length: 1_200 }, (_, index) => `none ${index}`);
    expect(await store.devicesByKeys([...many, ...ids, 'a'])).toHaveLength(6);
  });

  test('stores differences to the previous reading as changes, with the interval of the change', async () => {
    await record(
      { controllers: [PANEL, controller({ deviceId: '9' })], unknownFields: { x: { y: [1] } } },
      10,
    );
    const moved = { ...PANEL, status: offline };
    const network = { type: 'wired', ssid: null, ip: '10.0.0.2', wifiMac: null, wiredMac: null } as const;
    const added = controller({ deviceId: '8' });
    await record(
      {
        controllers: [added, moved],
        room: { id: 'r', name: null },
        network,
        unknownFields: { x: { y: [2] } },
      },
      30,
      { source: 'sweep' },
    );
    const found = await store.changes(KEY, 50);
    expect(found.every((each) => each.at === 30 && each.notBefore === 10 && each.source === 'sweep')).toBe(
      true,
    );
    expect(found.map(({ field, from, to }) => [field, from, to]).sort()).toEqual([
      ['controllers.2345.status.raw', 'idle', 'offline'],
      ['controllers.2345.status.state', 'idle', 'offline'],
      ['controllers.8', null, added],
      ['controllers.9', controller({ deviceId: '9' }), null],
      ['network.ip', null, '10.0.0.2'],
      ['network.type', null, 'wired'],
      ['room', null, { id: 'r', name: null }],
      ['unknownFields.x', { y: [1] }, { y: [2] }],
    ]);
    expect(await known()).toMatchObject({ changedAt: 30, observedAt: 30 });
    expect((await known())?.controllers.map((each) => each.deviceId)).toEqual(['8', '2345']);
    await record({ ...found, controllers: [added, moved] }, 40);
    expect((await store.changes(KEY, 1))[0]?.at).toBe(40);
  });

  test('creates no changes for controllers that swap places or share a name', async () => {
    const [first, second] = [controller({ deviceId: 'a' }), controller({ deviceId: 'b' })];
    await record({ controllers: [first, second] }, 10);
    await record({ controllers: [second, first] }, 20);
    expect(await store.changes(KEY, 5)).toEqual([]);
    expect((await known())?.controllers.map((each) => each.deviceId)).toEqual(['b', 'a']);
    await record({ controllers: [first, { ...first, name: 'twin' }, controller()] }, 30);
    expect((await store.changes(KEY, 9)).map((each) => each.field).sort()).toEqual([
      'controllers.#2',
      'controllers.a#1',
      'controllers.b',
    ]);
  });

  test('stores an older reading that arrives late and changes nothing else', async () => {
    await record({ name: 'new' }, 20);
    const before = await known();
    await record({ name: 'old', controllers: [PANEL], status: offline }, 10);
    expect(await known()).toEqual(before);
    expect(await store.changes(KEY, 5)).toEqual([]);
    expect(await marks(), 'the history is of all that was learnt').toEqual(['10 offline', '20 idle']);
    expect(await announced()).toEqual([`device ${KEY}`]);
  });

  test('uses the last stored of two readings of one moment', async () => {
    await record({ name: 'first' }, 10);
    await record({ name: 'second', status: offline }, 10);
    expect(await known()).toMatchObject({ name: 'second', state: 'offline', stateSince: 10 });
    expect(await marks()).toEqual(['10 idle', '10 offline']);
  });

  test('knows a status since the first reading with it that nothing contradicted', async () => {
    for (const at of [0, 15 * MINUTE, 31 * MINUTE]) await record({}, at);
    expect((await known())?.stateSince).toBe(0);
    await record({ status: offline }, 40 * MINUTE);
    expect((await known())?.stateSince).toBe(40 * MINUTE);
    await record({}, 20 * MINUTE);
    expect((await known())?.stateSince, 'what comes late changes nothing here').toBe(40 * MINUTE);
    const window = await store.statusMarks(KEY, 16 * MINUTE, 35 * MINUTE);
    expect(
      window.map(({ at }) => at / MINUTE),
      'the last one before the window, then those in it',
    ).toEqual([15, 20, 31]);
  });

  test('shows the newest reading and the same history, in whatever order readings arrive', async () => {
    const said = fc.record({
      at: fc.integer({ min: 0, max: 90 }).map((minutes) => minutes * MINUTE),
      state: fc.constantFrom(idle, offline),
      ip: fc.constantFrom('10.0.0.1', '10.0.0.2'),
      controllers: fc.constantFrom<Controller[]>([], [PANEL]),
    });
    const lists = fc.uniqueArray(said, { selector: (each) => each.at, minLength: 1, maxLength: 10 });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(lists, async (list) => {
        const keep = async (id: string, { at, state, ip, controllers }: (typeof list)[number]) => {
          const network = { type: null, ssid: null, ip, wifiMac: null, wiredMac: null };
          const device = { deviceId: id, unionId: null, status: state, network, controllers };
          await store.recordReading({ by: 'deviceId', id }, reading({ observedAt: at, device }));
        };
        const [sorted, shuffled] = [`in order ${++round}`, `as they came ${round}`];
        for (const each of list.toSorted((left, right) => left.at - right.at)) await keep(sorted, each);
        for (const each of list) await keep(shuffled, each);
        const unordered = { key: 0, deviceId: 0, firstSeenAt: 0, changedAt: 0, nextCheck: 0 };
        expect({ ...(await known(shuffled)), ...unordered }).toEqual({
          ...(await known(sorted)),
          ...unordered,
        });
        expect(await marks(shuffled)).toEqual(await marks(sorted));
      }),
      { numRuns: fuzzRuns(12, 2_000) },
    );
  });

  test('keeps the newest of concurrent readings, and loses none', async () => {
    const at = (minute: number) => record({ name: `n${minute}` }, minute, { source: 'sweep' });
    await Promise.all([3, 1, 5, 2, 4].map(at));
    expect(await known()).toMatchObject({ name: 'n5', observedAt: 5 });
    expect((await store.latestReading(BY_ID, { now: 4 }))?.device.name).toBe('n4');
  });

  test('finds identifiers of devices and controllers exactly and by their beginning', async () => {
    await record({ serial: 'SN-100', mac: 'AA:BB:CC:00:00:01', castCode: '555', controllers: [PANEL] }, 1);
    await store.recordReading(
      { by: 'deviceId', id: '12' },
      reading({ device: { deviceId: '12', unionId: null, serial: 'SN-2' } }),
    );
    const exact = await store.findIdentifiers({
      kinds: ['serial', 'union-id', 'mac'],
      values: ['sn-p', 'aabbcc000001'],
      limit: 9,
    });
    expect(exact).toEqual([
      { kind: 'mac', value: 'aabbcc000001', deviceKey: KEY, controller: null },
      {
        kind: 'serial',
        value: 'sn-p',
        deviceKey: KEY,
        controller: { deviceId: '2345', name: 'Panel', model: 'P1', status: idle },
      },
    ]);
    const values = async (prefix: string, limit: number) =>
      (await store.findIdentifiersByPrefix(['serial', 'device-id'], prefix, limit)).map((hit) => hit.value);
    expect(await values('sn-', 9)).toEqual(['sn-100', 'sn-2', 'sn-p']);
    expect(await values('sn-', 2)).toEqual(['sn-100', 'sn-2']);
    expect(await values('12', 9)).toEqual(['12', '1234']);
    expect(await values('%', 9)).toEqual([]);
    expect(await store.findIdentifiersByPrefix(['cast-code'], '5\u0000', 9)).toEqual([]);
  });

  test('reports a value shared by two devices on each, with the other; not of controllers or removed devices', async () => {
    const by = (id: string) => ({ by: 'deviceId' as const, id });
    const castCode = '597701';
    const report = (id: string, device: Partial<Device>) =>
      store.recordReading(
        by(id),
        reading({ observedAt: 5, device: { deviceId: id, unionId: `u${id}`, ...device } }),
      );
    await report('1', { castCode, serial: 'SN 9', mac: '14:85:7F:00:00:01' });
    await report('2', {
      castCode,
      network: { type: null, ssid: null, ip: null, wiredMac: '14857f000001', wifiMac: null },
    });
    await report('3', {
      castCode: '1',
      controllers: [controller({ deviceId: '31', castCode, serial: 'sn 9' })],
    });
    await report('4', { castCode });
    await store.markDeviceRemoved(by('4'), 9);
    const shared = (id: string, limit = 9) =>
      store.sharedIdentifiers(id, ['cast-code', 'serial', 'mac'], limit);
    expect(await shared('1')).toEqual([
      { kind: 'cast-code', value: null, deviceKey: '2' },
      { kind: 'mac', value: '14857f000001', deviceKey: '2' },
    ]);
    expect(await shared('2')).toHaveLength(2);
    expect(await shared('1', 1)).toHaveLength(1);
    expect(await shared('3')).toEqual([]);
    expect(await shared('nobody')).toEqual([]);
  });

  test('no longer finds an identifier that a device no longer has', async () => {
    const hits = (value: string) => store.findIdentifiers({ kinds: ['serial'], values: [value], limit: 9 });
    await record({ serial: 'old', controllers: [PANEL] }, 1);
    await record({ serial: 'new' }, 2);
    expect(await hits('old')).toEqual([]);
    expect(await hits('sn-p')).toEqual([]);
    expect(await hits('new')).toHaveLength(1);
  });

  test('finds characters beyond the first plane by a prefix, in the order of the database', async () => {
    for (const serial of ['x\u{1f600}', 'x\uffee', 'x']) {
      const device = { deviceId: serial, unionId: null, serial };
      await store.recordReading({ by: 'deviceId', id: '1' }, reading({ device }));
    }
    const found = await store.findIdentifiersByPrefix(['serial'], 'x', 9);
    expect(found.map((hit) => hit.value)).toEqual(['x', 'x\uffee'.normalize('NFKC'), 'x\u{1f600}']);
  });

  test('marks a device as removed that DingTalk no longer knows, until a newer reading', async () => {
    await store.markDeviceRemoved(BY_ID, 5);
    expect(await known()).toBeUndefined();
    await record({}, 10);
    await store.markDeviceRemoved(BY_ID, 9);
    expect((await known())?.state).toBe('idle');
    await store.markDeviceRemoved({ by: 'unionId', id: 'lmvU' }, 20);
    await store.markDeviceRemoved(BY_ID, 25);
    expect(await known()).toMatchObject({ state: 'removed', removedAt: 20, stateSince: 20, observedAt: 10 });
    await record({}, 30);
    expect(await known()).toMatchObject({ state: 'idle', removedAt: null, stateSince: 30 });
    expect(await marks()).toEqual(['9 removed', '10 idle', '20 removed', '25 removed', '30 idle']);
    expect(await announced()).toEqual([`device ${KEY}`, `device ${KEY}`, `device ${KEY}`]);
  });

  test('schedules checks in the order of their time, and none for removed devices', async () => {
    for (const id of ['a', 'b', 'c', 'd']) {
      await store.recordReading({ by: 'deviceId', id }, reading({ device: { deviceId: id } }));
    }
    await store.planCheck('a', { at: 30, reason: 'routine' });
    await store.planCheck('b', { at: 10, reason: 'offline' });
    await store.planCheck('c', { at: 5, reason: 'watched' });
    await store.planCheck('d', { at: 50, reason: 'changed' });
    await store.planCheck('nobody', { at: 1, reason: 'changed' });
    await store.markDeviceRemoved({ by: 'deviceId', id: 'c' }, 9_999);
    expect((await store.dueChecks(30, 9)).map((each) => each.key)).toEqual(['b', 'a']);
    expect((await store.dueChecks(30, 1))[0]?.nextCheck).toEqual({ at: 10, reason: 'offline' });
    expect(await store.checkQueue(30)).toEqual({ due: 2, nextAt: 50 });
    await store.planCheck('d', null);
    expect(await store.checkQueue(30)).toEqual({ due: 2, nextAt: null });
    expect((await announced())?.at(-1)).toBe('device d');
  });

  test('plans the next check at every reading', async () => {
    await record({}, 10);
    await store.planCheck(KEY, { at: 99, reason: 'watched' });
    await record({ status: { state: 'offline', raw: 'offline' } }, 20);
    expect((await known())?.nextCheck).toEqual({ at: 20 + CHECK_AFTER_MS.offline, reason: 'offline' });
  });

  test('takes a check that is planned soon before one that is not, however overdue both are', async () => {
    const hour = 60 * 60_000;
    await store.recordReading({ by: 'deviceId', id: 'a' }, reading({ device: { deviceId: 'a' } }));
    await store.recordReading({ by: 'deviceId', id: 'b' }, reading({ device: { deviceId: 'b' } }));
    await store.planCheck('a', { at: 10 * hour, reason: 'idle-long' });
    await store.planCheck('b', { at: 20 * hour, reason: 'watched' });
    expect((await store.dueChecks(22 * hour, 5)).map(({ key }) => key)).toEqual(['b', 'a']);
    expect((await store.upcomingChecks(15 * hour, 5)).map(({ key }) => key)).toEqual(['b']);
  });
});
