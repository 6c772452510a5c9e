import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Tester } from '../tester.ts';

let app: Tester;
beforeAll(async () => {
  app = await Tester.start({ rooms: 130 });
});
beforeEach(() => app.control('POST', '/reset'));
afterAll(() => app.simulator.close());

type Room = { roomId: string; roomGroup: { groupId: number; groupName: string; parentId: number } };
type Config = { openReservation: boolean; reservationCloseDetail?: Record<string, unknown> };
type Group = { groupId: number; parentId: number };

async function allRooms(maxResults: string): Promise<{ pages: number; rooms: Room[] }> {
  const rooms: Room[] = [];
  let query: Record<string, string> = { maxResults };
  for (let pages = 1; ; pages++) {
    const { body } = await app.rooms('meetingRoomLists', query);
    rooms.push(...(body.result as Room[]));
    if (!body.hasMore) return { pages, rooms };
    query = { maxResults, nextToken: String(body.nextToken) };
  }
}

describe('the room list', () => {
  test('returns 20 rooms and a numeric token by default', async () => {
    const { body } = await app.rooms('meetingRoomLists');
    expect(body).toMatchObject({ hasMore: true, nextToken: expect.any(Number) });
    expect(body.result).toHaveLength(20);
    expect((body.result as object[])[0]).not.toHaveProperty('deviceUnionIds');
  });

  test('leads through every room once', async () => {
    const { pages, rooms } = await allRooms('50');
    expect(pages).toBe(3);
    expect(new Set(rooms.map(({ roomId }) => roomId)).size).toBe(130);
    expect(rooms.map(({ roomId }) => roomId)).toContain('7263xxxxx');
  });

  test.each([
    ['a page of 101', { maxResults: '101' }, 'param.error'],
    ['a page of nothing', { maxResults: '0' }, 'param.error'],
    ['a made-up token', { nextToken: '20' }, 'param.error'],
    ['no union id', { unionId: '' }, 'param.error'],
    ['an unknown person', { unionId: 'nobody' }, 'user.not.employee'],
    ['a person of another organization', { unionId: 'simStrangerUnionId' }, 'user.not.employee'],
  ])('refuses %s', async (_what, query, code) => {
    expect(await app.rooms('meetingRoomLists', query as Record<string, string>)).toMatchObject({
      status: 400,
      body: { code },
    });
  });
});

describe('the room detail', () => {
  test('names the devices, and has the fields that only newer documents and SDKs list', async () => {
    const { body } = await app.rooms('meetingRooms/7263xxxxx');
    expect(body.result).toMatchObject({
      roomId: '7263xxxxx',
      roomName: 'Test Meeting Room',
      deviceUnionIds: ['lmvUxxxxx'],
      extensionConfig: { approvalSwitch: expect.any(Boolean), approvalType: expect.any(Number) },
      roomDescription: '',
    });
    expect(body.result).not.toHaveProperty('approvalSwitch');
    expect(body.result).not.toHaveProperty('approvalType');
  });

  test('gives the reason why some rooms cannot be booked, and describes some', async () => {
    await app.control('PUT', '/limits', { qps: 0 });
    const token = await app.token();
    const { rooms } = await allRooms('100');
    const details = await Promise.all(
      rooms
        .slice(0, 60)
        .map(async ({ roomId }) => (await app.rooms(`meetingRooms/${roomId}`, {}, token)).body),
    );
    const configs = details.map(({ result }) => (result as { extensionConfig: Config }).extensionConfig);
    const closed = configs.filter(({ openReservation }) => !openReservation);
    expect(closed.length).toBeGreaterThan(1);
    for (const { openReservation, reservationCloseDetail } of configs) {
      expect(openReservation).toBe(reservationCloseDetail === undefined);
    }
    expect(closed[0]?.reservationCloseDetail).toMatchObject({
      taskStartTime: expect.any(Number),
      closeReason: expect.any(String),
      sendNotify: false,
      contactUnionId: 'simOperatorUnionId',
      contactNick: expect.any(String),
    });
    expect(closed.some(({ reservationCloseDetail }) => !reservationCloseDetail?.taskEndTime)).toBe(true);
    const described = details.filter(({ result }) => (result as { roomDescription: string }).roomDescription);
    expect(described.length).toBeGreaterThan(0);
  });

  test('leads from every room to devices whose record names that room', async () => {
    await app.control('PUT', '/limits', { qps: 0 });
    const token = await app.token();
    for (const { roomId } of (await allRooms('100')).rooms.slice(0, 40)) {
      const detail = (await app.rooms(`meetingRooms/${roomId}`, {}, token)).body.result;
      for (const deviceUnionId of (detail as { deviceUnionIds: string[] }).deviceUnionIds) {
        const { body } = await app.device({ deviceUnionId }, token);
        expect(body.result).toMatchObject({ deviceUnionId, openRoomId: roomId });
      }
    }
  });

  test('follows a device that has moved', async () => {
    const { deviceId = '', deviceUnionId = '', roomId = '' } = await app.scenario('idle');
    await app.control('PATCH', `/devices/${deviceId}`, { openRoomId: '7263xxxxx' });
    const [left, entered] = await Promise.all([
      app.rooms(`meetingRooms/${roomId}`),
      app.rooms('meetingRooms/7263xxxxx'),
    ]);
    expect(left.body.result).toMatchObject({ deviceUnionIds: [] });
    expect(entered.body.result).toMatchObject({ deviceUnionIds: ['lmvUxxxxx', deviceUnionId] });
  });

  test('refuses an unknown room and an unknown person', async () => {
    expect((await app.rooms('meetingRooms/nowhere')).body.code).toBe('room.not.found');
    const unknown = await app.rooms('meetingRooms/7263xxxxx', { unionId: 'nobody' });
    expect(unknown).toMatchObject({ status: 400, body: { code: 'param.error' } });
  });
});

describe('the groups', () => {
  test('form a tree in which every room hangs', async () => {
    const groups = (await app.rooms('groupLists')).body.result as Group[];
    const ids = new Set([0, ...groups.map(({ groupId }) => groupId)]);
    expect(groups.every(({ parentId }) => ids.has(parentId))).toBe(true);
    expect(groups.some(({ parentId }) => parentId === 0)).toBe(true);
    const { rooms } = await allRooms('100');
    expect(rooms.every(({ roomGroup }) => ids.has(roomGroup.groupId))).toBe(true);
  });

  test('name those who manage them', async () => {
    const [group] = (await app.rooms('groupLists')).body.result as Group[];
    expect((await app.rooms(`groupAdmin/${group?.groupId}`)).body).toEqual({
      result: {
        groupId: group?.groupId,
        groupName: expect.any(String),
        groupAdmins: [{ memberId: 'simOperatorUnionId', memberName: '王启航' }],
      },
    });
    expect(await app.rooms('groupAdmin/7')).toMatchObject({ body: { code: 'group.query.error' } });
  });

  test('are returned one by one without a wrapping result', async () => {
    const groups = (await app.rooms('groupLists')).body.result as Group[];
    const last = groups.at(-1);
    expect((await app.rooms(`groups/${last?.groupId}`)).body).toEqual(last);
    expect(await app.rooms('groups/7')).toMatchObject({ status: 500, body: { code: 'group.query.error' } });
  });
});
