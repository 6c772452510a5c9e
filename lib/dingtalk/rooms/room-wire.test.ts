import { describe, expect, test } from 'vitest';
import { DOCUMENTED_ROOM } from '#lib/dingtalk/testing/documented-room.ts';
import { parseJson } from '#lib/dingtalk/transport/json.ts';
import { AppError } from '#lib/domain/errors.ts';
import { readGroupsAnswer, readRoomAnswer, readRoomPage } from './room-answers.ts';

const said = { status: 200, code: null, requestId: 'R' };
const shape = new AppError('dingtalk-confused.shape', { upstream: said });
const answer = (text: string) => ({ body: parseJson(text) as Record<string, unknown>, said });
const detail = (text: string) => readRoomAnswer(answer(text)).room;
const read = (fields: object) => detail(JSON.stringify({ result: { roomId: 'r', ...fields } }));
const list = (text: string) => readRoomPage(answer(text), null);
const groups = (text: string) => readGroupsAnswer(answer(text));

describe('the documented room', () => {
  const room = detail(JSON.stringify({ result: DOCUMENTED_ROOM }));

  test('is read into the product’s terms', () => {
    expect(room).toEqual({
      id: '7263xxxxx',
      unionId: 'rUxxxxxiEiE',
      name: 'Test Meeting Room',
      capacity: 10,
      location: { title: 'Hangzhou', description: 'Building 5, 3rd floor' },
      labels: [
        { id: '1', name: '电视' },
        { id: '5', name: '视频会议' },
      ],
      groupId: '4321',
      bookingRight: { who: 'some', raw: 2 },
      description: 'Second door on the left',
      externalId: 'isv-1',
      deviceUnionIds: ['lmvUxxxxx', 'lmvUyyyyy'],
      unknownFields: {},
    });
  });

  test('is the same in the list except for its devices, which the list does not contain', () => {
    const { deviceUnionIds: _, ...row } = DOCUMENTED_ROOM;
    expect(list(JSON.stringify({ hasMore: false, result: [row] })).rooms).toEqual([
      { ...room, deviceUnionIds: null },
    ]);
  });

  test('is in raw as it was sent', () => {
    const body = { result: DOCUMENTED_ROOM, requestId: 'x' };
    expect(readRoomAnswer(answer(JSON.stringify(body))).raw).toEqual(body);
  });
});

describe('an undocumented field loses only itself', () => {
  test.each([null, '', undefined])('%j is not reported, and not unknown', (value) => {
    const odd = value === '' ? ['roomId', 'deviceUnionIds'] : ['roomId'];
    const names = Object.keys(DOCUMENTED_ROOM).filter((name) => !odd.includes(name));
    expect(read(Object.fromEntries(names.map((name) => [name, value])))).toEqual({
      id: 'r',
      unionId: null,
      name: null,
      capacity: null,
      location: null,
      labels: [],
      groupId: null,
      bookingRight: { who: 'unknown', raw: null },
      description: null,
      externalId: null,
      deviceUnionIds: [],
      unknownFields: {},
    });
  });

  test('numeric IDs keep every digit', () => {
    const text =
      '{"result":{"roomId":9007199254740993,"roomGroup":{"groupId":9007199254740995},"deviceUnionIds":[7]}}';
    expect(detail(text)).toMatchObject({
      id: '9007199254740993',
      groupId: '9007199254740995',
      deviceUnionIds: ['7'],
    });
  });

  test.each([
    [0, 'everyone'],
    [1, 'admins'],
    [2, 'some'],
    ['2', 'some'],
    [3, 'unknown'],
    [-1, 'unknown'],
  ])('status %j means %s', (roomStatus, who) => {
    const room = read({ roomStatus });
    expect([room.bookingRight, room.unknownFields]).toEqual([{ who, raw: Number(roomStatus) }, {}]);
  });

  test('a status that is no number is unknown, and kept', () => {
    expect(read({ roomStatus: 'open' })).toMatchObject({
      bookingRight: { who: 'unknown', raw: null },
      unknownFields: { roomStatus: 'open' },
    });
  });

  test.each([0, 1, '12'])('%j is a capacity', (roomCapacity) => {
    expect(read({ roomCapacity })).toMatchObject({ capacity: Number(roomCapacity), unknownFields: {} });
  });

  test.each(['ten', -1, 2.5, 1e300, true, [4]])('%j is no capacity, and kept', (roomCapacity) => {
    expect(read({ roomCapacity })).toMatchObject({ capacity: null, unknownFields: { roomCapacity } });
  });

  test('a value that should be an object or a list and is not is kept', () => {
    const odd = { roomLocation: 'here', roomGroup: [1], roomLabels: {} };
    expect(read(odd)).toMatchObject({ location: null, groupId: null, labels: [], unknownFields: odd });
  });

  test('odd and new members inside them are kept under their path', () => {
    const room = read({
      roomLocation: { title: { zh: 'x' }, desc: 'here', floor: 3 },
      roomGroup: { groupId: 0, groupName: 'x', parentId: 1, level: 2 },
      roomLabels: [null, 'TV', { labelId: 1, colour: 'red' }, {}],
      deviceUnionIds: ['a', null, '', { id: 'b' }, 'a'],
      lastCleaned: 5,
      constructor: 'x',
    });
    expect(room).toMatchObject({
      location: { title: null, description: 'here' },
      groupId: null,
      labels: [{ id: '1', name: null }],
      deviceUnionIds: ['a'],
    });
    expect(room.unknownFields).toEqual({
      'roomLocation.title': { zh: 'x' },
      'roomLocation.floor': 3,
      'roomGroup.level': 2,
      'roomLabels[1]': 'TV',
      'roomLabels[2].colour': 'red',
      'deviceUnionIds[3]': { id: 'b' },
      lastCleaned: 5,
      constructor: 'x',
    });
  });

  test('hostile text stays unchanged except for forbidden characters; a cast code is masked', () => {
    const name = '\u202e<img onerror=x>=HYPERLINK("x")';
    const room = read({
      roomName: `\u0000${name}`,
      roomLocation: { title: '\ud800' },
      box: { shareCode: 'canary' },
    });
    expect([room.name, room.location?.title]).toEqual([`\ufffd${name}`, '\ufffd']);
    expect(JSON.stringify(room)).not.toContain('canary');
  });

  test('parses a maximum-length label list without blocking', () => {
    const room = read({ roomLabels: Array.from({ length: 60_000 }, () => ({ a: 1 })) });
    expect([room.labels, Object.keys(room.unknownFields).length]).toEqual([[], 60_000]);
  });

  test('a __proto__ member changes no prototype', () => {
    const room = detail(
      '{"result":{"roomId":"r","__proto__":{"roomName":"x"},"roomGroup":{"__proto__":{"groupId":1}}}}',
    );
    expect([room.name, room.groupId, room.unknownFields]).toEqual([null, null, {}]);
  });
});

describe('an undocumented structure makes the answer invalid', () => {
  test.each([
    '{}',
    '{"result":null}',
    '{"result":[]}',
    '{"result":{}}',
    '{"result":{"roomId":""}}',
    '{"result":{"roomId":{"a":1}}}',
    '{"result":{"roomId":"r","deviceUnionIds":"lmvUxxxxx"}}',
    '{"result":{"roomId":"r","deviceUnionIds":""}}',
    '{"result":{"roomId":"r","deviceUnionIds":{}}}',
  ])('of a room: %s', (text) => {
    expect(() => detail(text)).toThrow(shape);
  });

  test.each(['{"result":{}}', '{"hasMore":false,"result":"x"}'])('of a list: %s', (text) => {
    expect(() => list(text)).toThrow(shape);
  });

  test.each(['{"result":{}}', '{"result":[null]}', '{"result":[{"groupName":"x"}]}'])(
    'of groups: %s',
    (text) => {
      expect(() => groups(text)).toThrow(shape);
    },
  );
});

describe('a page of the list', () => {
  test('without rooms is valid', () => {
    expect(list('{"hasMore":false,"result":[]}')).toEqual({
      rooms: [],
      nextToken: null,
      unreadable: 0,
      complete: true,
    });
  });

  test.each(['{}', '{"hasMore":false}', '{"result":null}', '{"hasMore":false,"result":null}'])(
    'of %s has no rooms, and is not complete',
    (text) => {
      expect(list(text)).toEqual({ rooms: [], nextToken: null, unreadable: 0, complete: false });
    },
  );

  test('counts the rows that cannot be kept', () => {
    const { rooms, unreadable, complete } = list(
      '{"result":[{"roomId":"a"},null,[],"b",{"roomName":"c"},{"roomId":[]}]}',
    );
    expect([rooms.map(({ id }) => id), unreadable, complete]).toEqual([['a'], 5, false]);
  });

  test.each([
    ['"hasMore":false', null],
    ['"hasMore":false,"nextToken":5', null],
    ['"hasMore":"false","nextToken":{}', null],
    ['"hasMore":true,"nextToken":5', '5'],
    ['"hasMore":"true","nextToken":"00a+/="', '00a+/='],
    ['"hasMore":true,"nextToken":0', '0'],
    ['"hasMore":true,"nextToken":-3', '-3'],
    ['"hasMore":true,"nextToken":9007199254740993', '9007199254740993'],
    ['"hasMore":true,"nextToken":-123456789012345678901234567890', '-123456789012345678901234567890'],
    ['"nextToken":5', '5'],
    ['"nextToken":0', null],
    ['"hasMore":null,"nextToken":0', null],
    ['"hasMore":null,"nextToken":""', null],
    ['"other":1', null],
  ])('with %s goes on with %s', (fields, nextToken) => {
    expect(list(`{${fields},"result":[]}`).nextToken).toBe(nextToken);
  });

  test.each([
    '"hasMore":true',
    '"hasMore":true,"nextToken":null',
    '"hasMore":true,"nextToken":""',
    '"hasMore":true,"nextToken":{}',
    '"hasMore":true,"nextToken":true',
    '"hasMore":true,"nextToken":1.5',
    `"hasMore":true,"nextToken":"${'9'.repeat(513)}"`,
    '"hasMore":"perhaps"',
    '"hasMore":1,"nextToken":2',
  ])('with %s leads nowhere', (fields) => {
    expect(() => list(`{${fields},"result":[]}`)).toThrow(shape);
  });

  test('that leads back to itself is invalid', () => {
    const again = answer('{"hasMore":true,"nextToken":9007199254740993,"result":[]}');
    expect(() => readRoomPage(again, '9007199254740993')).toThrow(shape);
    expect(readRoomPage(again, '9007199254740992').nextToken).toBe('9007199254740993');
  });
});

test('groups form a tree from the top, and one without an ID is left out', () => {
  const rows = [
    { groupId: 1, groupName: 'Hangzhou', parentId: 0 },
    { groupId: '2', groupName: '', parentId: 1 },
    { groupName: 'lost', parentId: 1 },
    { groupId: 3, groupName: ['x'], parentId: null },
    null,
  ];
  expect(groups(JSON.stringify({ result: rows }))).toEqual([
    { id: '1', name: 'Hangzhou', parentId: null },
    { id: '2', name: null, parentId: '1' },
    { id: '3', name: null, parentId: null },
  ]);
  expect(groups('{"result":[]}')).toEqual([]);
  for (const none of ['{}', '{"result":null}']) expect(groups(none)).toBeNull();
});
