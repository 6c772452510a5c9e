import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventNews } from '#lib/domain/device-event.ts';
import { readNews } from './event-wire.ts';

const NOW = 1_700_000_000_000;
const DEVICE = { deviceId: '1234', unionId: 'lmvU' };
const NAMED = { deviceId: '1234', deviceUnionId: 'lmvU' };
const read = (type: string, body: Record<string, unknown>, bornAt: number | null = null): EventNews =>
  readNews({ eventId: 'e', type, bornAt, body }, NOW);

test('a binding names its room, and its end names none that counts', () => {
  const type = 'open_meeting_room_device_bind_change';
  const bind = { ...NAMED, openRoomId: 'r1', operateTime: NOW - 5, type: 'bind' };
  expect(read(type, bind)).toEqual({
    kind: 'binding',
    device: DEVICE,
    at: NOW - 5,
    bound: true,
    roomId: 'r1',
  });
  expect(read(type, { ...bind, type: 'unbind' })).toMatchObject({ bound: false });
  expect(read(type, { ...bind, type: 'another' }).kind).toBe('unrecognised');
  expect(read(type, { ...bind, openRoomId: undefined }).kind).toBe('unrecognised');
});

test('properties are told in our words, and new names are kept by their names', () => {
  const property = (propertyName: unknown, propertyValue: unknown) => ({ propertyName, propertyValue });
  const news = read('open_meeting_room_device_property_change', {
    ...NAMED,
    changeTime: String(NOW - 7),
    properties: [
      property('dev_app_status', 'conf_running'),
      property('dev_net_type', 'Office WiFi'),
      property('dev_net_ip', null),
      property('dev_code', 123456),
      property('dev_new', 'x'),
      property('__proto__', 'x'),
      'nothing',
    ],
  });
  expect(news).toEqual({
    kind: 'properties',
    device: DEVICE,
    at: NOW - 7,
    told: [
      { field: 'status', value: { state: 'in-meeting', raw: 'conf_running' } },
      { field: 'network.type', value: { type: 'wifi', ssid: 'Office WiFi' } },
      { field: 'network.ip', value: null },
      { field: 'castCode', value: '123456' },
    ],
    notUnderstood: ['dev_new', '__proto__'],
  });
});

test('an alarm is read with numbers or with their texts, and what is new stays unknown', () => {
  const type = 'open_meeting_room_device_alarm_target_push';
  const alarm = { ...NAMED, alarmTime: NOW, ruleKey: 'device_offline_lwp', ruleLevel: '1', eventStatus: 2 };
  expect(read(type, alarm)).toMatchObject({ rule: 'offline', level: 'serious', status: 'resolved' });
  expect(read(type, { ...alarm, ruleKey: 'toString', ruleLevel: 9, eventStatus: 'x' })).toMatchObject({
    rule: 'unknown',
    rawRule: 'toString',
    level: 'unknown',
    status: 'unknown',
  });
});

test('a room’s event is read, its capacity out of a text', () => {
  const room = {
    eventSubType: 'create',
    roomId: '231',
    roomName: '西湖厅',
    capacity: '100人',
    labels: '[3,5]',
  };
  expect(read('meetingroom_room_info', room, NOW - 9)).toEqual({
    kind: 'room',
    change: 'created',
    roomId: '231',
    name: '西湖厅',
    capacity: 100,
    at: NOW - 9,
  });
  expect(read('meetingroom_room_info', { ...room, eventSubType: 'toString' }).kind).toBe('unrecognised');
});

test('a time that cannot be is not believed', () => {
  const at = (operateTime: unknown, bornAt: number | null = null) =>
    read('open_meeting_room_device_bind_change', { ...NAMED, type: 'unbind', operateTime }, bornAt).at;
  expect(at(-1, NOW - 1)).toBe(NOW - 1);
  expect(at('soon')).toBe(NOW);
  expect(at(NOW + 86_400_000)).toBe(NOW);
  expect(at(NOW + 60_000)).toBe(NOW + 60_000);
});

test('anything else is kept as it is, with the device where one is named', () => {
  expect(read('something_new', { ...NAMED, a: 1 })).toEqual({
    kind: 'unrecognised',
    device: DEVICE,
    at: NOW,
  });
  expect(read('open_meeting_room_device_alarm', { ruleKey: 'x' })).toMatchObject({ device: null });
});

test('whatever is said, reading it ends in news', () => {
  const type = fc.constantFrom(
    'open_meeting_room_device_bind_change',
    'open_meeting_room_device_property_change',
    'open_meeting_room_device_alarm',
    'meetingroom_room_info',
    'another',
  );
  const fields = ['deviceId', 'deviceUnionId', 'openRoomId', 'type', 'properties', 'ruleKey', 'eventStatus'];
  const body = fc.dictionary(fc.oneof(fc.constantFrom(...fields), fc.string()), fc.jsonValue());
  fc.assert(
    fc.property(type, body, (kind, said) => {
      expect(read(kind, said).at).toBeGreaterThan(0);
    }),
    { numRuns: 5_000 },
  );
});
