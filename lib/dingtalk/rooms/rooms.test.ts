import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRecordingMeter } from '#lib/dingtalk/testing/recording-meter.ts';
import { failure, openScene, type Scene } from '#lib/dingtalk/testing/scene.ts';
import { json, text } from '#lib/dingtalk/testing/scripted-upstream.ts';

const LIST = '/v1.0/rooms/meetingRoomLists';
const GROUPS = '/v1.0/rooms/groupLists';
const DETAIL = '/v1.0/rooms/meetingRooms';
const OPTIONS = { budgetMs: 5_000, purpose: 'discovery' } as const;

let scene: Scene;
let recording: ReturnType<typeof createRecordingMeter>;
beforeEach(async () => {
  recording = createRecordingMeter();
  scene = await openScene({ meter: recording.meter });
});
afterEach(() => scene.close());

const last = () => scene.upstream.seen.at(-1);
const lastQuery = () => Object.fromEntries(last()?.url.searchParams ?? []);
const list = (pageToken: string | null, operator = 'o+p') =>
  scene.dingtalk.listRooms({ pageToken }, operator, OPTIONS);

describe('the room list', () => {
  test('requests the first page without a token and the next with the token’s digits', async () => {
    const first = text(200, '{"hasMore":true,"nextToken":9007199254740993,"result":[{"roomId":"a"}]}');
    scene.upstream.on(LIST, first, json(200, { hasMore: false, result: [{ roomId: 'b' }, {}] }));
    const { nextToken } = await list(null);
    expect(nextToken).toBe('9007199254740993');
    expect(lastQuery()).toEqual({ maxResults: '100', unionId: 'o+p' });
    expect(last()?.headers).toMatchObject({ 'x-acs-dingtalk-access-token': 'canary-access-token' });
    const page = await list(nextToken);
    expect(lastQuery()).toEqual({ maxResults: '100', nextToken: '9007199254740993', unionId: 'o+p' });
    expect(page).toMatchObject({ rooms: [{ id: 'b' }], nextToken: null, unreadable: 1 });
  });

  test('that leads back to the requested page is refused', async () => {
    scene.upstream.on(LIST, json(200, { hasMore: true, nextToken: 7, result: [] }));
    expect((await failure(list('7'))).reason).toBe('dingtalk-confused.shape');
  });

  test('reports the operator on the first page and the token on a later one', async () => {
    scene.upstream.on(LIST, json(400, { code: 'param.error' }));
    expect((await failure(list(null))).reason).toBe('dingtalk-refused.operator-missing');
    const error = await failure(list('7'));
    expect([error.reason, error.upstream?.code]).toEqual(['dingtalk-confused.unrecognised', 'param.error']);
  });
});

describe('the room detail', () => {
  test.each([
    ['7263xxxxx', '7263xxxxx'],
    ['a/b c?d=e#f', 'a%2Fb%20c%3Fd%3De%23f'],
    ['../groupLists', '..%2FgroupLists'],
    ['%2e%2e', '%252e%252e'],
    ['会议\ud800', '%E4%BC%9A%E8%AE%AE%EF%BF%BD'],
  ])('of %j uses one path segment', async (id, part) => {
    scene.upstream.on(`${DETAIL}/${part}`, json(200, { result: { roomId: id } }));
    const { room } = await scene.dingtalk.getRoom(id, 'o+p', OPTIONS);
    expect(room).toMatchObject({ id: id.toWellFormed(), deviceUnionIds: [] });
    expect([last()?.url.pathname, lastQuery()]).toEqual([`${DETAIL}/${part}`, { unionId: 'o+p' }]);
  });

  test.each(['', '.', '..'])('of %j, which is no path segment, makes no call', async (id) => {
    const error = await failure(scene.dingtalk.getRoom(id, 'o', OPTIONS));
    expect([error.reason, scene.upstream.seen]).toEqual(['room-not-found.room', []]);
  });

  test('of a removed room is room-not-found', async () => {
    scene.upstream.on(`${DETAIL}/r`, json(400, { code: 'room.not.found' }));
    expect((await failure(scene.dingtalk.getRoom('r', 'o', OPTIONS))).reason).toBe('room-not-found.room');
  });
});

test('the calls are metered by their patterns, and none is made without an operator', async () => {
  scene.upstream.on(LIST, json(200, { result: [] }));
  scene.upstream.on(GROUPS, json(200, { result: [{ groupId: 1, parentId: 0 }] }));
  scene.upstream.on(`${DETAIL}/r`, json(200, { result: { roomId: 'r' } }));
  const ask = (operator: string) => [
    () => list(null, operator),
    () => scene.dingtalk.getRoom('r', operator, OPTIONS),
    () => scene.dingtalk.listRoomGroups(operator, OPTIONS),
  ];
  for (const question of ask('')) {
    expect((await failure(question())).reason).toBe('dingtalk-refused.operator-missing');
  }
  expect(scene.upstream.seen).toHaveLength(0);
  for (const question of ask('o')) await question();
  expect(recording.entries.map(({ api, purpose }) => [api, purpose])).toEqual([
    [`GET ${LIST}`, 'discovery'],
    [`GET ${DETAIL}/{roomId}`, 'discovery'],
    [`GET ${GROUPS}`, 'discovery'],
  ]);
  expect(recording.counted()).toBe(3);
});
