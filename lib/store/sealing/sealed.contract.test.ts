import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EventNews } from '#lib/domain/events/device-event.ts';
import type { IdentifierKind } from '#lib/domain/search/identifier-kind.ts';
import type { Store } from '#lib/store/store.ts';
import { changeDatabase } from '#lib/testing/databases/change-database.ts';
import { ENGINES, type TestEngine } from '#lib/testing/databases/engines.ts';
import { foundInDatabase } from '#lib/testing/databases/stored-text.ts';
import { SECRET } from '#lib/testing/keys.ts';
import { controller, reading } from '#lib/testing/reading.ts';
import { createKeyring } from './keyring.ts';
import type { SealedPlace } from './sealing.ts';

const [CODE, EVENT_CODE, PANEL_CODE, OLD_CODE] = [
  'kastcode7391',
  'kastcode8402',
  'kastcode5513',
  'kastcode6624',
];
const SIP = 'sipmarker3046';
const RAW = 'rawmarker9157';
const SECRETS = [CODE, EVENT_CODE, PANEL_CODE, OLD_CODE, SIP, RAW];
const NEWER = 'a newer secret of tests, long enough too';
const REF = { by: 'deviceId', id: '1234' } as const;
const NOW = { now: Number.MAX_SAFE_INTEGER };

describe.each(ENGINES)('stored secrets on $engine', ({ start }) => {
  let engine: TestEngine;
  let store: Store;
  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    await engine.fresh();
    store = await engine.open();
  });

  /** Everything that stores a secret: two readings, a change, a controller, an event, another device. */
  async function keepSecrets(into: Store) {
    const panel = controller({ deviceId: '2345', unionId: 'lmvP', castCode: PANEL_CODE });
    const record = (at: number, castCode: string, more: object = {}) =>
      into.recordReading(
        REF,
        reading({
          observedAt: at,
          raw: { shareCode: castCode, said: RAW },
          device: { castCode, sipAccount: SIP, ...more },
        }),
      );
    await record(1_000, OLD_CODE);
    await record(2_000, CODE, { controllers: [panel] });
    await into.recordReading(
      { by: 'deviceId', id: '77' },
      reading({ raw: {}, device: { deviceId: '77', unionId: 'u77', sipAccount: SIP } }),
    );
    const overrides: EventNews = {
      kind: 'properties',
      device: { deviceId: '1234', unionId: null },
      at: 3_000,
      notUnderstood: [],
      overrides: [{ field: 'castCode', value: EVENT_CODE }],
    };
    const event = { eventId: 'e1', type: 'a_type', bornAt: 3_000, body: { dev_code: EVENT_CODE, said: RAW } };
    await into.recordEvent(event, overrides, { transport: 'callback', at: 3_000 });
  }

  const find = async (from: Store, kind: IdentifierKind, value: string) =>
    (await from.findIdentifiers({ kinds: [kind, 'serial'], values: [value, 'other'], limit: 9 })).map(
      (hit) => `${hit.deviceKey} ${hit.value} ${hit.controller?.deviceId}`,
    );

  async function expectEverythingReads(from: Store) {
    const latest = await from.latestReading(REF, NOW);
    expect(latest?.device).toMatchObject({
      castCode: CODE,
      sipAccount: SIP,
      controllers: [{ castCode: PANEL_CODE }],
    });
    expect(latest?.raw).toEqual({ shareCode: CODE, said: RAW });
    if (!latest) throw new Error('No reading.');
    expect((await from.withOverrides(latest, REF)).device.castCode).toBe(EVENT_CODE);
    expect((await from.withOverrides(latest, REF, 9_000)).device.castCode).toBe(EVENT_CODE);
    const changes = (await from.changes('1234', 9)).map(({ field, from: was, to }) => [field, was, to]);
    expect(changes).toContainEqual(['castCode', CODE, EVENT_CODE]);
    expect(changes).toContainEqual(['castCode', OLD_CODE, CODE]);
    expect(changes).toContainEqual([
      'controllers.2345',
      null,
      expect.objectContaining({ castCode: PANEL_CODE }),
    ]);
    const { items } = await from.events({ deviceId: '1234', type: null }, null, 9);
    expect(items[0]?.body).toEqual({ dev_code: EVENT_CODE, said: RAW });
    expect(await find(from, 'cast-code', EVENT_CODE)).toEqual([`1234 ${EVENT_CODE} undefined`]);
    expect(await find(from, 'cast-code', PANEL_CODE)).toEqual([`1234 ${PANEL_CODE} 2345`]);
    expect(await find(from, 'sip-account', SIP)).toEqual([`1234 ${SIP} undefined`, `77 ${SIP} undefined`]);
    expect(await find(from, 'cast-code', SIP)).toEqual([]);
    expect(await from.sharedIdentifiers('77', ['sip-account'], 9)).toEqual([
      { kind: 'sip-account', value: null, deviceKey: '1234' },
    ]);
  }

  async function sealAll(of: Store) {
    let place: SealedPlace | null = null;
    const total = { due: 0, foreign: 0 };
    do {
      const step = await of.sealStored(place);
      total.due += step.due;
      total.foreign += step.foreign;
      place = step.next;
    } while (place);
    return total;
  }

  test('are not readable in the database, and everything that needs them works', async () => {
    await keepSecrets(store);
    expect(await foundInDatabase(engine.place(), SECRETS)).toEqual([]);
    await expectEverythingReads(store);
    expect(await sealAll(store)).toEqual({ due: 0, foreign: 0 });
  });

  test('cause no change when a cast code is the same, and old readings are compared by value', async () => {
    await keepSecrets(store);
    const before = await store.changes('1234', 99);
    const { device, raw } = (await store.latestReading(REF, NOW)) ?? reading();
    await store.recordReading(
      REF,
      reading({ observedAt: 3_500, raw, device: { ...device, castCode: EVENT_CODE } }),
    );
    expect(await store.changes('1234', 99)).toEqual(before);
  });

  test('stay readable when AUTH_SECRET changes, are resealed, and then no longer need the earlier secret', async () => {
    await keepSecrets(store);
    const rotated = await engine.open(createKeyring(NEWER, [SECRET]));
    await expectEverythingReads(rotated);
    expect((await sealAll(rotated)).due).toBeGreaterThan(5);
    expect(await sealAll(rotated)).toEqual({ due: 0, foreign: 0 });
    const alone = await engine.open(createKeyring(NEWER));
    await expectEverythingReads(alone);
    expect(await sealAll(alone)).toEqual({ due: 0, foreign: 0 });
  });

  test('that another instance sealed with a newer AUTH_SECRET are neither changed nor dropped by one that lacks it', async () => {
    const rotated = await engine.open(createKeyring(NEWER, [SECRET]));
    await keepSecrets(rotated);
    await sealAll(rotated);
    const before = await rotated.changes('1234', 99);
    const hashes = async () => [
      await find(rotated, 'cast-code', EVENT_CODE),
      await find(rotated, 'cast-code', PANEL_CODE),
      await find(rotated, 'sip-account', SIP),
    ];
    const found = await hashes();
    const event = (id: string, field: 'network.ip' | 'castCode', value: string, at: number) =>
      store.recordEvent(
        { eventId: id, type: 'a_type', bornAt: at, body: {} },
        {
          kind: 'properties',
          device: { deviceId: '1234', unionId: null },
          at,
          notUnderstood: [],
          overrides: [{ field, value }],
        },
        { transport: 'callback', at },
      );
    await event('e2', 'network.ip', '10.0.0.9', 3_100);
    await sealAll(store);
    expect(await hashes(), 'an event and sealing keep identifiers').toEqual(found);
    const panel = controller({ deviceId: '2345', unionId: 'lmvP', castCode: PANEL_CODE });
    const device = { castCode: EVENT_CODE, sipAccount: SIP, controllers: [panel] };
    await store.recordReading(REF, reading({ observedAt: 3_500, raw: {}, device }));
    await rotated.recordReading(REF, reading({ observedAt: 3_600, raw: {}, device }));
    await event('e3', 'castCode', EVENT_CODE, 3_700);
    const after = await rotated.changes('1234', 99);
    const secret = (each: { field: string }) => /castCode|sipAccount|controllers/.test(each.field);
    expect(after.filter(secret)).toEqual(before.filter(secret));
    expect(await hashes()).toEqual(found);
    expect(JSON.stringify(after)).not.toContain('unreadable');
  });

  test('of a lost secret are reported, leave the rest readable, and are replaced by the next reading', async () => {
    await keepSecrets(store);
    const without = await engine.open(createKeyring(NEWER));
    expect((await without.latestReading(REF, NOW))?.device).toMatchObject({
      unionId: 'lmvU',
      castCode: null,
    });
    expect((await without.latestReading(REF, NOW))?.raw).toEqual({
      'rooms-desk': 'sealed with another AUTH_SECRET',
    });
    expect((await sealAll(without)).foreign).toBeGreaterThan(3);
    await keepSecrets({ ...without, recordEvent: async () => 'applied' });
    await without.recordReading(REF, reading({ observedAt: 9_000, device: { castCode: CODE } }));
    expect(await find(without, 'cast-code', CODE)).toEqual([`1234 ${CODE} undefined`]);
    const event = { eventId: 'e9', type: 'a_type', bornAt: 9_500, body: {} };
    const device = { deviceId: '1234', unionId: null };
    const news: EventNews = {
      kind: 'properties',
      device,
      at: 9_500,
      notUnderstood: [],
      overrides: [{ field: 'castCode', value: 'newcode' }],
    };

    await without.recordEvent(event, news, { transport: 'callback', at: 9_500 });
    const [newest] = await without.changes('1234', 1);
    expect(newest).toMatchObject({ field: 'castCode', from: CODE, to: 'newcode' });
    expect(await find(without, 'cast-code', 'newcode')).toEqual(['1234 newcode undefined']);
    // The earlier secret is put back: what it sealed is there.
    await expect(sealAll(await engine.open(createKeyring(NEWER, [SECRET])))).resolves.toMatchObject({
      foreign: 0,
    });
  });

  test('from before sealing are read, found, and sealed step by step', async () => {
    await keepSecrets(store);
    await unseal(store);
    expect(await foundInDatabase(engine.place(), SECRETS)).toEqual(SECRETS);
    const upgraded = await engine.open();
    await expectEverythingReads(upgraded);
    expect((await sealAll(upgraded)).due).toBeGreaterThan(5);
    expect(await foundInDatabase(engine.place(), SECRETS)).toEqual([]);
    await expectEverythingReads(upgraded);
    expect(await sealAll(upgraded)).toEqual({ due: 0, foreign: 0 });
  });

  /** Puts what versions without seals wrote in the place of what this one did. */
  async function unseal(from: Store) {
    const text = (value: unknown) => `'${JSON.stringify(value)}'`;
    const [latest, older] = [
      await from.latestReading(REF, NOW),
      await from.latestReading(REF, { now: 1_500 }),
    ];
    const other = await from.latestReading({ by: 'deviceId', id: '77' }, NOW);
    const changes = await from.changes('1234', 99);
    const statements = [
      ...[latest, older].map(
        (each) =>
          `update readings set device = ${text(each?.device)}, raw = ${text(each?.raw)} where device_key = '1234' and observed_at = ${each?.observedAt}`,
      ),
      `update readings set device = ${text(other?.device)}, raw = '{}' where device_key = '77'`,
      `update event_overrides set value = ${text(EVENT_CODE)} where field = 'castCode'`,
      `update events set body = ${text({ dev_code: EVENT_CODE, said: RAW })}, overrides = ${text({ at: 3_000, fields: [{ field: 'castCode', value: EVENT_CODE }] })}`,
      ...changes.map(
        ({ field, at, from: was, to }) =>
          `update changes set from_value = ${text(was)}, to_value = ${text(to)} where field = '${field}' and at = ${at}`,
      ),
      `update identifiers set value = '${EVENT_CODE}' where kind = 'cast-code' and position = -1`,
      `update identifiers set value = '${PANEL_CODE}' where kind = 'cast-code' and position = 0`,
      `update identifiers set value = '${SIP}' where kind = 'sip-account'`,
    ];
    await changeDatabase(engine.place(), ...statements);
  }
});
