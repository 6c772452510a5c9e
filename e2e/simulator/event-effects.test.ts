import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Tester } from './tester.ts';

let app: Tester;
let device: string;
let room: string;
beforeAll(async () => {
  app = await Tester.start({ qps: 0 });
  const { deviceId = '', roomId = '' } = await app.scenario('inMeeting');
  [device, room] = [deviceId, roomId];
});
beforeEach(() => app.control('POST', '/reset'));
afterAll(() => app.simulator.close());

const send = (order: object) => app.control('POST', '/events', { deviceId: device, ...order });
const now = () => app.control('GET', `/devices/${device}`);
const SAMPLE_ROOM = { roomId: '7263xxxxx', name: 'Test Meeting Room' };

describe('an event that is sent', () => {
  test.each([
    [
      'binding',
      'open_meeting_room_device_bind_change',
      ['operateTime', 'openRoomId', 'deviceUnionId', 'deviceId', 'operatorUnionId', 'type'],
    ],
    [
      'property',
      'open_meeting_room_device_property_change',
      ['changeTime', 'openRoomId', 'deviceUnionId', 'deviceId', 'properties'],
    ],
    [
      'alarm',
      'open_meeting_room_device_alarm',
      ['ruleLevel', 'alarmTime', 'eventStatus', 'eventDescription', 'deviceUnionId', 'deviceId', 'ruleKey'],
    ],
    ['central-control', 'open_meeting_room_central_control', ['deviceUnionId', 'roomId', 'body']],
    ['room', 'meetingroom_room_info', ['eventSubType', 'roomId', 'roomName', 'corpId', 'labels', 'capacity']],
    [
      'booking',
      'meetingroom_book',
      [
        'eventSubType',
        'bookId',
        'preStatus',
        'roomId',
        'roomName',
        'startTime',
        'endTime',
        'title',
        'isApproval',
        'extension',
      ],
    ],
  ])('of type %s is DingTalk’s %s with its documented fields', async (type, eventType, fields) => {
    const response = await send({ type });
    expect(response).toMatchObject({
      eventType,
      corpId: 'dingsimcorp',
      bizId: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(Object.keys(response.body as object).sort()).toEqual([...fields].sort());
    expect((await send({ type: eventType })).eventType).toBe(eventType);
  });

  test('may have any content', async () => {
    const response = await send({
      type: 'unknown',
      eventType: 'meeting_status_change',
      business: { openConfModel: { title: '周会' }, deviceId: null, deviceUnionId: null },
    });
    expect(response).toMatchObject({ eventType: 'meeting_status_change' });
    expect(response.body).toEqual({ openConfModel: { title: '周会' } });
    const odd = await send({
      type: 'property',
      properties: [{ propertyName: 7 }],
      business: { mood: 'fine' },
    });
    expect(odd.body).toMatchObject({ properties: [{ propertyName: 7 }], mood: 'fine' });
  });

  test('describes an offline alarm as the official sample does', async () => {
    const response = await send({ type: 'alarm' });
    expect(response.body).toMatchObject({
      ruleKey: 'device_offline_lwp',
      eventDescription: 'App/6.0.6-Release.1000064',
    });
  });

  test('may name an unknown device', async () => {
    const response = await send({ type: 'alarm', deviceId: 'stranger', deviceUnionId: 'strangeUnion' });
    expect(response.body).toMatchObject({ deviceId: 'stranger', deviceUnionId: 'strangeUnion' });
  });

  test.each([
    [{ type: 'mood' }],
    [{ type: 'toString' }],
    [{ type: 'alarm', deviceId: undefined }],
    [{ type: 'alarm', at: 'yesterday' }],
    [{ type: 'alarm', transport: 'window' }],
  ])('is refused when it is %o', async (order) => {
    expect(await send(order)).toEqual({ error: expect.any(String) });
  });
});

describe('the world', () => {
  test('is offline while an alarm says so, and afterwards as before', async () => {
    await send({ type: 'alarm', status: 'open' });
    await send({ type: 'alarm', status: 'processing' });
    expect(await now()).toMatchObject({ deviceStatus: 'offline' });
    await send({ type: 'alarm', status: 'resolved' });
    expect(await now()).toMatchObject({ deviceStatus: 'conf_running' });
  });

  test('loses the part that an alarm names and regains it', async () => {
    const { devMic } = await now();
    await send({ type: 'alarm', rule: 'microphone' });
    expect(await now()).toMatchObject({ devMic: '', deviceStatus: 'conf_running' });
    await send({ type: 'alarm', rule: 'microphone', status: 'resolved' });
    expect(await now()).toMatchObject({ devMic });
  });

  test('takes over exactly the properties of the event', async () => {
    const properties = {
      dev_app_status: 'idle',
      dev_net_ip: '10.1.2.3',
      dev_hdmi: 'false',
      dev_mood: 'fine',
    };
    await send({ type: 'property', properties });
    expect(await now()).toMatchObject({ deviceStatus: 'idle', devNetIp: '10.1.2.3', devHdmi: 'false' });
    expect(JSON.stringify(await now())).not.toContain('fine');
  });

  test('moves the device that was bound elsewhere, or to no room', async () => {
    await send({ type: 'binding', roomId: SAMPLE_ROOM.roomId });
    expect(await now()).toMatchObject({ openRoomId: SAMPLE_ROOM.roomId, roomName: SAMPLE_ROOM.name });
    const response = await send({ type: 'binding', bound: false });
    expect(response.body).toMatchObject({ type: 'unbind', openRoomId: SAMPLE_ROOM.roomId });
    expect(await now()).not.toHaveProperty('openRoomId');
    expect(await now()).not.toHaveProperty('roomName');
  });

  test('renames a room in its detail, in the list and in its devices', async () => {
    await send({ type: 'room', roomId: room, roomName: '新厅', capacity: '77人' });
    const { body } = await app.rooms(`meetingRooms/${room}`);
    expect(body.result).toMatchObject({ roomName: '新厅', roomCapacity: 77 });
    const list = await app.rooms('meetingRoomLists', { maxResults: '100' });
    expect(list.body.result).toContainEqual(expect.objectContaining({ roomId: room, roomName: '新厅' }));
    expect(await now()).toMatchObject({ roomName: '新厅' });
  });

  test('removes a deleted room', async () => {
    await send({ type: 'room', roomId: room, change: 'del' });
    expect((await app.rooms(`meetingRooms/${room}`)).body.code).toBe('room.not.found');
    const list = await app.rooms('meetingRoomLists', { maxResults: '100' });
    expect(list.body.result).toHaveLength(39);
  });

  test('stays as it is when an event is sent without effects', async () => {
    const before = await now();
    await send({ type: 'alarm', withoutEffects: true });
    await send({ type: 'binding', bound: false, withoutEffects: true });
    expect(await now()).toEqual(before);
  });
});
