import { describe, expect, test } from 'vitest';
import {
  alarmEvent,
  bindEvent,
  HAPPENED_AT,
  propertyEvent,
  RECEIVED_AT,
  roomEvent,
} from '#lib/dingtalk/testing/documented-events.ts';
import type { EventNews, ReceivedEvent } from '#lib/domain/events/device-event.ts';
import { readNews } from './event-wire.ts';

const DEVICE = { deviceId: '1234', unionId: 'lmvUxxxxx' };
const read = (event: ReceivedEvent, body: Record<string, unknown> = {}) =>
  readNews({ ...event, body: { ...event.body, ...body } }, RECEIVED_AT);
const kindOf = (event: ReceivedEvent, body: Record<string, unknown>) => read(event, body).kind;
const only = <K extends EventNews['kind']>(news: EventNews, kind: K) => {
  expect(news.kind).toBe(kind);
  return news as Extract<EventNews, { kind: K }>;
};

describe('the documented events', () => {
  test('a binding', () => {
    const bound = { kind: 'binding', device: DEVICE, at: HAPPENED_AT, bound: true, roomId: '7263xxxxx' };
    expect(read(bindEvent)).toEqual(bound);
    expect(read(bindEvent, { type: 'unbind' })).toEqual({ ...bound, bound: false });
    expect(read(bindEvent, { type: 'unbind', openRoomId: null })).toMatchObject({
      bound: false,
      roomId: null,
    });
  });

  test('a property change, all ten names of it', () => {
    expect(read(propertyEvent)).toEqual({
      kind: 'properties',
      device: DEVICE,
      at: HAPPENED_AT,
      overrides: [
        { field: 'status', value: { state: 'in-meeting', raw: 'conf_running' } },
        { field: 'network.type', value: { type: 'wifi', ssid: 'Office Wi-Fi' } },
        { field: 'network.ip', value: '10.0.0.7' },
        { field: 'network.wifiMac', value: 'd4:aa:ee:e8:4d:55' },
        { field: 'network.wiredMac', value: 'd4:3a:ee:aa:45:85' },
        { field: 'castCode', value: '123456' },
        { field: 'model', value: 'winbox' },
        { field: 'firmware', value: 'LMVXXX.20XX0818' },
        { field: 'software', value: '7.14.1' },
        { field: 'peripherals.hdmi', value: 'false' },
      ],
      notUnderstood: [],
    });
  });

  test('an alarm', () => {
    expect(read(alarmEvent)).toEqual({
      kind: 'alarm',
      device: DEVICE,
      at: HAPPENED_AT,
      rule: 'offline',
      rawRule: 'device_offline_lwp',
      level: 'serious',
      status: 'open',
      description: 'The device is offline',
    });
  });

  test('a room', () => {
    expect(read(roomEvent)).toEqual({
      kind: 'room',
      change: 'created',
      roomId: '231',
      name: 'Sample Room',
      capacity: 100,
      at: RECEIVED_AT - 2_000,
    });
    expect(read(roomEvent, { eventSubType: 'update', labels: ['3'] })).toMatchObject({ change: 'updated' });
    expect(read(roomEvent, { eventSubType: 'del' })).toMatchObject({ change: 'deleted' });
  });

  test.each([bindEvent, propertyEvent, alarmEvent, roomEvent])(
    '$type, sent to one app, means the same',
    (event) => {
      expect(read({ ...event, type: `${event.type}_target_push` })).toEqual(read(event));
    },
  );
});

describe('a property', () => {
  const readProperties = (...properties: unknown[]) =>
    only(read(propertyEvent, { properties }), 'properties');
  const one = (propertyName: unknown, propertyValue: unknown) =>
    readProperties({ propertyName, propertyValue }).overrides[0]?.value;

  test.each([
    ['idle', { state: 'idle', raw: 'idle' }],
    ['projection', { state: 'casting', raw: 'projection' }],
    ['conf_incoming', { state: 'ringing', raw: 'conf_incoming' }],
    ['white_board', { state: 'whiteboard', raw: 'white_board' }],
    ['offline', { state: 'offline', raw: 'offline' }],
    ['dancing', { state: 'unknown', raw: 'dancing' }],
    ['', { state: 'unknown', raw: null }],
  ])('dev_app_status %s', (word, status) => {
    expect(one('dev_app_status', word)).toEqual(status);
  });

  test.each([
    ['net_wired', { type: 'wired', ssid: null }],
    ['net_offline', { type: 'offline', ssid: null }],
    [null, { type: null, ssid: null }],
  ])('dev_net_type %s', (word, network) => {
    expect(one('dev_net_type', word)).toEqual(network);
  });

  test('may be a number or a boolean, and becomes text', () => {
    expect(one('dev_code', 123456)).toBe('123456');
    expect(one('dev_hdmi', true)).toBe('true');
    expect(one('dev_model', 'a\0\ud800\r\n')).toBe('a\ufffd\ufffd\n');
    expect(one('dev_model', undefined)).toBeNull();
  });

  test('that is repeated has its last value', () => {
    const news = readProperties(
      { propertyName: 'dev_net_ip', propertyValue: '10.0.0.1' },
      { propertyName: 'dev_net_ip', propertyValue: '10.0.0.2' },
    );
    expect(news.overrides).toEqual([{ field: 'network.ip', value: '10.0.0.2' }]);
  });

  test('that is unknown, or whose value is no scalar, is listed', () => {
    const odd = [
      { propertyName: 'dev_mood\0', propertyValue: 'x' },
      'x',
      null,
      { propertyName: 'dev_model', propertyValue: {} },
    ];
    expect(readProperties(...odd)).toMatchObject({
      overrides: [],
      notUnderstood: ['dev_mood\ufffd', 'properties[1]', 'properties[2]', 'dev_model'],
    });
    expect(readProperties().overrides).toEqual([]);
  });
});

describe('an alarm', () => {
  test.each([
    ['dev_hdmi_offline', 'display'],
    ['dev_mic_offline', 'microphone'],
    ['dev_voice_offline', 'speaker'],
    ['dev_camera_offline', 'camera'],
    ['dev_lamp_offline', 'unknown'],
  ])('%s is about %s', (ruleKey, rule) => {
    expect(read(alarmEvent, { ruleKey })).toMatchObject({ rule, rawRule: ruleKey });
  });

  test('has numbers or numeric texts, and may have unknown values', () => {
    const said = (ruleLevel: unknown, eventStatus: unknown) => {
      const { level, status } = only(read(alarmEvent, { ruleLevel, eventStatus }), 'alarm');
      return [level, status];
    };
    expect(said('0', '2')).toEqual(['normal', 'resolved']);
    expect(said(1, 1)).toEqual(['serious', 'processing']);
    expect(said(7, 'x')).toEqual(['unknown', 'unknown']);
    expect(said(null, undefined)).toEqual(['unknown', 'unknown']);
  });
});

describe('a time', () => {
  const at = (alarmTime: unknown, bornAt: number | null = RECEIVED_AT - 2_000) =>
    read({ ...alarmEvent, bornAt }, { alarmTime }).at;

  test('is the body’s own, as number or text', () => {
    expect(at(HAPPENED_AT)).toBe(HAPPENED_AT);
    expect(at(String(HAPPENED_AT))).toBe(HAPPENED_AT);
  });

  test.each([[-1], [0], [1608001896], [1e18], ['soon'], [null], [{}], [Number.NaN]])(
    'that is %s is replaced by the time of creation, and that by the time of receipt',
    (odd) => {
      expect(at(odd)).toBe(RECEIVED_AT - 2_000);
      expect(at(odd, null)).toBe(RECEIVED_AT);
      expect(at(odd, -5)).toBe(RECEIVED_AT);
    },
  );

  test('may be slightly ahead of the server’s, and no more', () => {
    expect(at(RECEIVED_AT + 300_000)).toBe(RECEIVED_AT + 300_000);
    expect(at(RECEIVED_AT + 300_001)).toBe(RECEIVED_AT);
    expect(at(null, RECEIVED_AT + 300_001)).toBe(RECEIVED_AT);
  });
});

describe('an undocumented event', () => {
  test.each<[ReceivedEvent, Record<string, unknown>]>([
    [bindEvent, { type: 'glue' }],
    [bindEvent, { openRoomId: '' }],
    [bindEvent, { deviceId: null, deviceUnionId: [] }],
    [propertyEvent, { properties: 'none' }],
    [propertyEvent, { properties: null }],
    [alarmEvent, { ruleKey: '' }],
    [alarmEvent, { deviceId: 'x'.repeat(129), deviceUnionId: 'x'.repeat(129) }],
    [roomEvent, { eventSubType: 'delete' }],
    [roomEvent, { roomId: null }],
  ])('is unrecognised: %# %o', (event, body) => {
    expect(kindOf(event, body)).toBe('unrecognised');
  });

  test('still names its device', () => {
    const device = { deviceId: null, unionId: 'lmvUxxxxx' };
    const event = {
      ...alarmEvent,
      type: 'open_meeting_room_central_control',
      body: { deviceUnionId: 'lmvUxxxxx' },
    };
    expect(read(event)).toEqual({ kind: 'unrecognised', device, at: RECEIVED_AT - 2_000 });
    expect(read({ ...event, body: {}, bornAt: null })).toEqual({
      kind: 'unrecognised',
      device: null,
      at: RECEIVED_AT,
    });
  });

  test.each([
    [100, 100],
    ['12', 12],
    [' 8 人 ', 8],
    ['many', null],
    ['-3', null],
    ['1.5人', null],
    [1e21, null],
    [null, null],
  ])('a capacity of %s is %s', (capacity, people) => {
    expect(only(read(roomEvent, { capacity }), 'room').capacity).toBe(people);
  });
});
