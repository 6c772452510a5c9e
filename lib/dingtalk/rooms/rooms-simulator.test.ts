import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDingTalk, type DingTalk } from '#lib/dingtalk/dingtalk.ts';
import { createJumpingClock } from '#lib/dingtalk/testing/jumping-clock.ts';
import { createRecordingMeter } from '#lib/dingtalk/testing/recording-meter.ts';
import { failure } from '#lib/dingtalk/testing/scene.ts';
import type { ErrorReason } from '#lib/domain/errors.ts';
import type { Room } from '#lib/domain/rooms/room.ts';
import { type SimulatorProcess, startSimulatorProcess } from '#lib/testing/servers/simulator-process.ts';

const OPTIONS = { budgetMs: 8_000, purpose: 'discovery' } as const;
const OPERATOR = 'simOperatorUnionId';
const LIST = '/v1.0/rooms/meetingRoomLists';
const DETAIL = '/v1.0/rooms/meetingRooms/{roomId}';
const GROUPS = '/v1.0/rooms/groupLists';

let simulator: SimulatorProcess;
let dingtalk: DingTalk;
let recording: ReturnType<typeof createRecordingMeter>;
beforeAll(async () => {
  simulator = await startSimulatorProcess(['--rooms', '250', '--qps', '0']);
});
beforeEach(async () => {
  await simulator.control('POST', '/reset');
  recording = createRecordingMeter();
  const origin = simulator.origin;
  dingtalk = createDingTalk({
    apiOrigin: origin,
    oapiOrigin: origin,
    loginOrigin: origin,
    clientId: 'dingsimulator',
    clientSecret: 'simulator-secret',
    corpId: 'dingsimcorp',
    callsPerSecond: 1_000,
    clock: createJumpingClock(),
    random: () => 0,
    meter: recording.meter,
  });
  return () => dingtalk.close();
});
afterAll(() => simulator.stop());

const list = (pageToken: string | null, operator = OPERATOR) =>
  dingtalk.listRooms({ pageToken }, operator, OPTIONS);
const get = (roomId: string, operator = OPERATOR) => dingtalk.getRoom(roomId, operator, OPTIONS);
const groups = () => dingtalk.listRoomGroups(OPERATOR, OPTIONS);
const fault = (path: string, kind: string, rest = {}) =>
  simulator.control('PUT', '/faults', { path, fault: kind, ...rest });

async function allRooms(): Promise<Room[][]> {
  const pages: Room[][] = [];
  let pageToken: string | null = null;
  do {
    const page = await list(pageToken);
    expect(page.unreadable).toBe(0);
    pages.push(page.rooms);
    pageToken = page.nextToken;
  } while (pageToken !== null);
  return pages;
}

describe('against the simulator', () => {
  test('250 rooms arrive in three metered pages, each room once, with no unknown field', async () => {
    const pages = await allRooms();
    expect(pages.map((rooms) => rooms.length)).toEqual([100, 100, 50]);
    const rooms = pages.flat();
    expect(new Set(rooms.map(({ id }) => id)).size).toBe(250);
    expect(rooms.every(({ unknownFields }) => Object.keys(unknownFields).length === 0)).toBe(true);
    expect(new Set(rooms.map(({ bookingRight }) => bookingRight.who))).not.toContain('unknown');
    expect(recording.counted()).toBe(await simulator.counted(`GET ${LIST}`));
  });

  test('the detail is the room of the list with its devices, and they answer', async () => {
    const [listed] = (await list(null)).rooms;
    const { room, raw } = await get(listed?.id ?? '');
    const { unionId, deviceUnionIds } = room;
    expect(room).toEqual({ ...listed, unionId, deviceUnionIds });
    expect(raw.result).toMatchObject({ extensionConfig: { openReservation: true } });
    for (const id of deviceUnionIds ?? []) {
      const { device } = await dingtalk.queryDevice({ by: 'unionId', id }, OPERATOR, OPTIONS);
      expect(device.room?.id).toBe(room.id);
    }
  });

  test('every room belongs to the tree of groups', async () => {
    const tree = new Map((await groups())?.map((group) => [group.id, group]));
    const rooms = (await allRooms()).flat();
    expect(rooms.every(({ groupId }) => groupId === null || tree.has(groupId))).toBe(true);
    expect([...tree.values()].some(({ parentId }) => parentId === null)).toBe(true);
    expect([...tree.values()].every(({ parentId }) => parentId === null || tree.has(parentId))).toBe(true);
  });

  test('distinguishes an invalid room, operator and token', async () => {
    expect((await failure(get('nowhere'))).reason).toBe('room-not-found.room');
    expect((await failure(get('a/b'))).reason).toBe('room-not-found.room');
    expect((await failure(list(null, 'nobody'))).reason).toBe('dingtalk-refused.operator-left');
    expect((await failure(get('7263xxxxx', 'simStrangerUnionId'))).reason).toBe(
      'dingtalk-refused.organisation',
    );
    expect((await failure(list('20'))).reason).toBe('dingtalk-confused.unrecognised');
  });
});

const FAULTS: [fault: string, reason: ErrorReason][] = [
  ['reset', 'dingtalk-unreachable.no-connection'],
  ['truncated', 'dingtalk-confused.not-json'],
  ['invalid-utf8', 'dingtalk-confused.not-json'],
  ['empty', 'dingtalk-confused.not-json'],
  ['http-500', 'dingtalk-unreachable.fault'],
  ['html-200', 'dingtalk-confused.not-json'],
  ['ip-ban', 'dingtalk-throttled.banned'],
  ['errcode-200', 'dingtalk-refused.scope'],
  ['token-expired', 'dingtalk-refused.token'],
  ['qps', 'dingtalk-throttled.rate'],
  ['quota', 'dingtalk-budget-spent.organisation-quota'],
];

describe.each([
  [LIST, () => list(null)],
  [DETAIL, () => get('7263xxxxx')],
  [GROUPS, groups],
])('of %s', (path, ask: () => Promise<unknown>) => {
  test.each(FAULTS)('fault %s is %s, and never counted as less', async (kind, reason) => {
    await fault(path, kind);
    expect((await failure(ask())).reason).toBe(reason);
    expect(recording.counted()).toBeGreaterThanOrEqual(await simulator.counted(`GET ${path}`));
  });

  test('a token revoked during a run causes no error', async () => {
    await fault(path, 'token-revoked');
    await ask();
    expect(recording.entries.map(({ attempt }) => attempt)).toEqual([1, 2]);
  });
});

describe('no result', () => {
  test.each([
    ['null-result', {}],
    ['json-200', { body: {} }],
    ['without', { fields: ['result'] }],
  ])('(fault %s %o) is a list without entries, and a missing room', async (kind, rest) => {
    for (const path of [LIST, DETAIL, GROUPS]) await fault(path, kind, rest);
    expect(await list(null)).toMatchObject({ rooms: [], complete: false });
    expect(await groups()).toBeNull();
    expect((await failure(get('7263xxxxx'))).reason).toBe('dingtalk-confused.shape');
  });

  test('of hasMore continues by the token', async () => {
    await fault(LIST, 'without', { fields: ['hasMore'] });
    expect((await allRooms()).map((rooms) => rooms.length)).toEqual([100, 100, 50]);
  });
});

describe('wrong types', () => {
  test('of hasMore, of a token and of the devices make the answer invalid', async () => {
    await fault(LIST, 'wrong-types', { fields: { hasMore: 'perhaps' } });
    expect((await failure(list(null))).reason).toBe('dingtalk-confused.shape');
    await fault(LIST, 'wrong-types', { fields: { nextToken: {} } });
    expect((await failure(list(null))).reason).toBe('dingtalk-confused.shape');
    await fault(DETAIL, 'wrong-types', { fields: { deviceUnionIds: 'lmvUxxxxx' } });
    expect((await failure(get('7263xxxxx'))).reason).toBe('dingtalk-confused.shape');
  });

  test('of fields lose those fields', async () => {
    const fields = { roomCapacity: 'ten', roomGroup: 'a word', roomLabels: {} };
    await fault(DETAIL, 'wrong-types', { fields });
    const { room } = await get('7263xxxxx');
    expect(room).toMatchObject({ capacity: null, groupId: null, labels: [], unknownFields: fields });
  });

  test('of every ID leave rows that cannot be kept, and report it', async () => {
    await fault(LIST, 'wrong-types', { fields: { roomId: {} } });
    expect(await list(null)).toMatchObject({ rooms: [], unreadable: 100 });
    await fault(GROUPS, 'wrong-types', { fields: { groupId: [] } });
    expect((await failure(groups())).reason).toBe('dingtalk-confused.shape');
  });
});
