import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLES } from '#lib/domain/access/operator.ts';
import { MAX_QUERY_LENGTH } from '#lib/domain/inventory/fleet-filter.ts';
import { type App, callerOf, openApp, person } from '#lib/testing/app.ts';
import { HIDDEN, recordKnownWorld } from '#lib/testing/known-world.ts';
import { reading } from '#lib/testing/reading.ts';
import { search } from './search.ts';

const HOME = 'https://desk.example.com';
const admin = person('admin');
const viewer = person('viewer');
let app: App;
beforeAll(async () => {
  app = await openApp();
  await recordKnownWorld(app.services.store, app.clock.now() - 1_000);
});
afterAll(() => app.close());

const find = (text: string, as = admin) => search(app.services, callerOf(as), { text, ownOrigin: HOME });
const idsOf = async (text: string, as = admin) => (await find(text, as)).matches.map(({ id }) => id);
const reasonsOf = async (text: string) =>
  (await find(text)).matches.map(({ id, why: { by, exact, controller } }) => ({ id, by, exact, controller }));

describe('a text with one meaning', () => {
  test.each([
    ['1001', 'device-id'],
    ['UNION-1', 'union-id'],
    ['sn-0001', 'serial'],
    ['aa-bb-cc-00-00-01', 'mac'],
    ['AABBCC000001', 'mac'],
    ['10.0.0.1', 'ip'],
    [`${HOME}/devices/1001`, 'link'],
    [`${HOME}/devices/union/union-1`, 'link'],
  ])('%s finds its device by its %s', async (text, by) => {
    expect(await reasonsOf(text)).toContainEqual({ id: '1001', by, exact: true, controller: null });
    expect((await find(text)).unknownIds).toEqual([]);
  });

  test.each(['2001', 'panelu'])('%s finds the device of the controller that has it', async (text) => {
    expect(await reasonsOf(text)).toEqual([
      { id: '1001', by: expect.any(String), exact: true, controller: 'Panel' },
    ]);
    expect((await find(text)).unknownIds).toEqual([]);
  });

  test.each([
    ['room-big', 'room-id'],
    [`${HOME}/rooms/room-big`, 'link'],
    ['大会议室', 'room-name'],
  ])('%s finds its room by its %s', async (text, by) => {
    const { matches, unknownIds } = await find(text);
    expect(matches[0]).toMatchObject({
      kind: 'room',
      id: 'room-big',
      path: '/rooms/room-big',
      why: { by, exact: true },
    });
    expect(matches[0]?.room?.devices.map(({ name }) => name)).toContain('Wall screen');
    expect(unknownIds).toEqual([]);
  });

  test('finds by the beginning of an identifier, after exact matches', async () => {
    expect(await reasonsOf('sn-00')).toEqual([
      { id: '1001', by: 'serial', exact: false, controller: null },
      { id: '1002', by: 'serial', exact: false, controller: null },
    ]);
    expect(await idsOf('aa:bb:cc')).toEqual(['1001']);
    expect(await idsOf('1000')).toEqual(['10001']);
    expect((await idsOf('1001'))[0]).toBe('1001');
  });

  test('matches another spelling only for a MAC, and punctuation matches nothing', async () => {
    expect(await idsOf('aa-bb-77')).toEqual(['10001']);
    expect(await idsOf('1.0.0.0')).toEqual([]);
    for (const text of [':::', '...', '---', 'a::', '-:.']) expect(await idsOf(text)).toEqual([]);
  });
});

describe('a ticket', () => {
  const ticket = `工单 #8812：大会议室 离线
设备ID：1001，序列号 SN-0002；MAC地址：AA:BB:77:00:00:02
deviceUnionId=nobodyKnowsThis1 再看 ${HOME}/devices/1002。`;

  test('finds every device and room in it: links first, then identifiers, then names', async () => {
    const { matches, unknownIds, callsLeft, looked } = await find(ticket);
    expect(matches.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'device 1002',
      expect.stringMatching(/^device 1000?1$/),
      expect.stringMatching(/^device 1000?1$/),
      'room room-big',
    ]);
    expect(new Set(matches.map(({ id }) => id)).size).toBe(4);
    expect(unknownIds).toEqual([{ by: 'unionId', id: 'nobodyKnowsThis1' }]);
    expect(callsLeft).toBe(1_000_000);
    expect(looked).toBeGreaterThan(4);
  });

  test('offers no query for known devices, however many there are', async () => {
    const { store } = app.services;
    const ids = Array.from({ length: 230 }, (_, index) => `77${index + 100}`);
    for (const deviceId of ids) {
      await store.recordReading(
        { by: 'deviceId', id: deviceId },
        reading({ device: { deviceId, unionId: null } }),
      );
    }
    const { unknownIds, matches } = await find(ids.map((id) => `device id: ${id}`).join('\n'));
    expect(unknownIds).toEqual([]);
    expect(matches).toHaveLength(20);
  });

  test('is refused above its maximum length, and saves no call to DingTalk', async () => {
    await expect(find('x'.repeat(MAX_QUERY_LENGTH + 1))).rejects.toMatchObject({
      reason: 'invalid-question.parameter',
    });
    const { counted } = await app.simulator.control<{ counted: number }>('GET', '/calls');
    expect(counted).toBe(0);
  });
});

describe('a search with restricted values', () => {
  test.each([...HIDDEN, 'sn-00', 'union', '839'])('by a viewer does not find by %s', async (text) => {
    expect((await find(text, viewer)).matches).toEqual([]);
  });

  test('by a viewer finds by device ID and names, shows nothing else, and offers no query', async () => {
    for (const text of ['1001', 'Wall', '大会议室', '2001', `deviceId: 4040`, `${HOME}/devices/4040`]) {
      const answer = await find(text, viewer);
      expect(answer.unknownIds).toEqual([]);
      expect(answer.callsLeft).toBeNull();
      const shown = JSON.stringify(answer).toLowerCase();
      for (const secret of [...HIDDEN, 'aa:bb:cc', 'union-3']) expect(shown).not.toContain(secret);
    }
    expect(await idsOf('Wall', viewer)).toEqual(['1001']);
  });

  test.each([
    '839201',
    'a@sip.example',
    '55501',
    'cast code: 839201',
    Array.from({ length: 400 }, (_, at) => 839_000 + at).join(' '),
  ])('of any role finds no device by the secrets in “%.20s”', async (text) => {
    for (const role of ROLES) expect(await idsOf(text, person(role))).toEqual([]);
  });

  test('by support finds by a serial number', async () => {
    expect(await idsOf('sn-0001', person('support'))).toEqual(['1001']);
  });

  test('matches a device with only a union ID for roles that may see it', async () => {
    const text = 'union-3';
    expect(await idsOf(text)).toEqual(['union-3']);
    expect((await find(text, viewer)).matches).toEqual([]);
  });
});
