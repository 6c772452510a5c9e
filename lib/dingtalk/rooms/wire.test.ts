import { describe, expect, test } from 'vitest';
import { DOCUMENTED_SAMPLE } from '#lib/dingtalk/testing/documented-sample.ts';
import { parseJson } from '#lib/dingtalk/transport/json.ts';
import { AppError } from '#lib/domain/errors.ts';
import { readDeviceAnswer } from './wire.ts';

const said = { status: 200, code: null, requestId: 'R' };
const read = (text: string) =>
  readDeviceAnswer({ body: parseJson(text) as Record<string, unknown>, said }).device;
const readResult = (fields: object) => read(JSON.stringify({ result: { deviceId: '1', ...fields } }));

const sample = read(DOCUMENTED_SAMPLE);
const [panel] = sample.controllers;

describe('the documented sample', () => {
  test('is read into the product’s terms, all 28 and 12 fields of it', () => {
    expect(sample).toEqual({
      deviceId: '1234',
      unionId: 'lmvUxxxxx',
      name: 'DingTalk Meeting Device_xxxx',
      kind: 'device',
      model: 'winbox',
      serviceId: 1204,
      status: { state: 'offline', raw: 'offline' },
      room: { id: '7263xxxxx', name: 'Test Meeting Room' },
      corpId: 'ding99xxxxx',
      serial: '02caxxxxx',
      mac: '14:85:7f:xx:xx:xx',
      castCode: '123456',
      createdBy: 'lPHhSZDLXXXXXXpBlC9lxLwiEiE',
      firmware: 'LMVXXX.20XX0818',
      software: '7.14.1',
      activatedAt: '2023-10-13T11:54:05.000Z',
      network: {
        type: 'wired',
        ssid: null,
        ip: '127.0.0.10',
        wifiMac: 'd4:aa:ee:e8:4d:55',
        wiredMac: 'd4:3a:ee:aa:45:85',
      },
      peripherals: {
        camera: 'Smart Camera',
        microphone: 'Microphone (2- Built-in Audio)',
        speaker: 'Speaker (2- Built-in Audio)',
        mirror: 'false',
        hdmi: 'false',
      },
      sipAccount: 'sip13492',
      controllers: [
        {
          deviceId: '2345',
          unionId: 'lmvUxxxxx',
          name: 'Meeting Control Tablet_xxxx',
          kind: 'device',
          model: 'AILABS_S3_T1',
          serviceId: 1190,
          status: { state: 'whiteboard', raw: 'white_board' },
          roomId: '7263xxxxx',
          corpId: 'ding99xxxxx',
          serial: '02caxxxxx',
          mac: 'd8:2f:e6:xx:xx:xx',
          castCode: '234567',
        },
      ],
      unknownFields: {},
    });
  });

  test('a controller with the type of a meeting device is still a controller', () => {
    expect(JSON.parse(DOCUMENTED_SAMPLE).result.controllers[0].deviceType).toBe('touyingyi');
    expect(panel?.kind).toBe('device');
    expect(sample.controllers).toHaveLength(1);
  });

  test('an offline device may have a controller with the whiteboard open', () => {
    expect([sample.status.state, panel?.status.state]).toEqual(['offline', 'whiteboard']);
  });

  test('mirroring and HDMI are the reported words, not switches', () => {
    expect(sample.peripherals).toMatchObject({ mirror: 'false', hdmi: 'false' });
    expect(readResult({ devMirror: false, devHdmi: true }).peripherals).toMatchObject({
      mirror: 'false',
      hdmi: 'true',
    });
  });

  test('a device and its controller may have the same union ID and stay two devices', () => {
    expect(panel?.unionId).toBe(sample.unionId);
    expect(panel?.deviceId).not.toBe(sample.deviceId);
  });

  test('a loopback address is reported like any other', () => {
    expect(sample.network.ip).toBe('127.0.0.10');
  });

  test('the MAC of a device may differ from those of its network cards', () => {
    expect(new Set([sample.mac, sample.network.wifiMac, sample.network.wiredMac]).size).toBe(3);
  });

  test('an offline device still reports its last address, camera and microphone', () => {
    expect(sample.status.state).toBe('offline');
    expect([sample.network.ip, sample.peripherals.camera, sample.peripherals.microphone]).not.toContain(null);
  });

  test('no time of the status and no last-seen time is invented', () => {
    const times = JSON.stringify(sample).match(/\d{4}-\d\d-\d\dT/g);
    expect(times).toHaveLength(1);
  });

  test('a controller has no firmware, address or activation time of its own', () => {
    expect(Object.keys(panel ?? {}).filter((key) => /firmware|network|ip|activated/i.test(key))).toEqual([]);
  });

  test('a cast code is never among the unknown fields, whatever its value', () => {
    const odd = { shareCode: { a: 'canary' }, sipAccountName: ['canary'] };
    const device = readResult({ ...odd, controllers: [{ shareCode: { a: 'canary' } }] });
    expect(device.castCode).toBeNull();
    expect(device.sipAccount).toBeNull();
    expect(JSON.stringify(device)).not.toContain('canary');
  });
});

describe('an undocumented field loses only itself', () => {
  test('another scalar type is read', () => {
    const device = readResult({
      deviceId: 1234,
      shareCode: 98765,
      deviceServiceId: ' 1204 ',
      activeTime: '1697198045000',
    });
    expect(device).toMatchObject({
      deviceId: '1234',
      castCode: '98765',
      serviceId: 1204,
      activatedAt: '2023-10-13T11:54:05.000Z',
    });
    expect(device.unknownFields).toEqual({});
  });

  test('an entry of controllers that is no object loses only itself, and is kept under its path', () => {
    const device = readResult({
      controllers: [null, { deviceId: '2', battery: 3 }, 'a word', [{ shareCode: 'canary' }], {}],
    });
    expect(device.controllers.map(({ deviceId }) => deviceId)).toEqual(['2', null]);
    expect(device.unknownFields).toEqual({
      'controllers[0]': null,
      'controllers[1].battery': 3,
      'controllers[2]': 'a word',
      'controllers[3]': [{ shareCode: '••••••' }],
    });
  });

  test.each([
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740993', '9007199254740993'],
    ['"9007199254740993"', '9007199254740993'],
    ['-9007199254740993', '-9007199254740993'],
    ['" 1204 "', 1204],
  ])('the service ID %s keeps every digit', (written, serviceId) => {
    const device = read(
      `{"result":{"deviceId":"1","deviceServiceId":${written},"controllers":[{"deviceServiceId":${written}}]}}`,
    );
    expect([device.serviceId, device.controllers[0]?.serviceId]).toEqual([serviceId, serviceId]);
    expect(device.unknownFields).toEqual({});
  });

  test.each(['1.5', '"12a"', 'true'])('the service ID %s is null, and kept', (written) => {
    const device = read(`{"result":{"deviceId":"1","deviceServiceId":${written}}}`);
    expect(device.serviceId).toBeNull();
    expect(device.unknownFields).toEqual({ deviceServiceId: JSON.parse(written) });
  });

  test.each([1_697_198_045, '1697198045', 1_697_198_045_000])(
    'activated at %s is read as seconds or milliseconds',
    (activeTime) => {
      const device = readResult({ activeTime });
      expect(device.activatedAt).toBe('2023-10-13T11:54:05.000Z');
      expect(device.unknownFields).toEqual({});
    },
  );

  test('a number beyond the range of doubles is kept as it was written', () => {
    const device = read('{"result":{"deviceId":1,"deviceServiceId":1e400,"brandNew":-1e999}}');
    expect(device.unknownFields).toEqual({ deviceServiceId: '1e400', brandNew: '-1e999' });
    expect(JSON.parse(JSON.stringify(device))).toEqual(device);
  });

  test('a numeric ID beyond 2^53 keeps every digit', () => {
    expect(read('{"result":{"deviceId":9007199254740993}}').deviceId).toBe('9007199254740993');
  });

  test.each([
    ['null', null],
    ['empty', ''],
    ['absent', undefined],
  ])('%s is null and not unknown', (_, value) => {
    // An empty text is no list of controllers; see below.
    const needed = value === '' ? ['deviceId', 'controllers'] : ['deviceId'];
    const names = Object.keys(JSON.parse(DOCUMENTED_SAMPLE).result).filter((name) => !needed.includes(name));
    const device = readResult(Object.fromEntries(names.map((name) => [name, value])));
    expect(device.unknownFields).toEqual({});
    expect(device.controllers).toEqual([]);
    expect(device.status).toEqual({ state: 'unknown', raw: null });
    expect([device.room, device.activatedAt, device.serviceId, device.network.type]).toEqual(
      Array(4).fill(null),
    );
  });

  test('an object or a list is null, and kept under DingTalk’s name', () => {
    const odd = { deviceName: { zh: '会议' }, deviceServiceId: [1], devNetType: {}, deviceStatus: [] };
    const device = readResult(odd);
    expect([device.name, device.serviceId, device.network.type, device.status.raw]).toEqual(
      Array(4).fill(null),
    );
    expect(device.unknownFields).toEqual(odd);
  });

  test('a word where a number belongs is null, and kept', () => {
    const device = readResult({ deviceServiceId: 'twelve', activeTime: 'NaN' });
    expect(device).toMatchObject({ serviceId: null, activatedAt: null });
    expect(device.unknownFields).toEqual({ deviceServiceId: 'twelve', activeTime: 'NaN' });
  });

  test.each([8.64e15 + 1, 253402300800000, -1, true, '1e400'])('%s is not read as a date', (activeTime) => {
    const device = readResult({ activeTime });
    expect(device.activatedAt).toBeNull();
    expect(device.unknownFields).toEqual({ activeTime });
  });

  test('activated at 0 means never', () => {
    const device = readResult({ activeTime: 0 });
    expect([device.activatedAt, device.unknownFields]).toEqual([null, {}]);
  });

  test('new fields are kept, a controller’s under its path', () => {
    const device = readResult({
      lastSeen: 5,
      constructor: 'x',
      toString: [1],
      controllers: [{}, { battery: { level: 3 }, deviceType: 'remote', deviceName: [] }],
    });
    expect(device.unknownFields).toEqual({
      lastSeen: 5,
      constructor: 'x',
      toString: [1],
      'controllers[1].battery': { level: 3 },
      'controllers[1].deviceType': 'remote',
      'controllers[1].deviceName': [],
    });
  });

  test.each([
    ['idle', 'idle'],
    ['projection', 'casting'],
    ['conf_incoming', 'ringing'],
    ['conf_running', 'in-meeting'],
    ['white_board', 'whiteboard'],
    ['offline', 'offline'],
    ['IDLE', 'unknown'],
    ['constructor', 'unknown'],
  ])('status %s is %s', (raw, state) => {
    expect(readResult({ deviceStatus: raw }).status).toEqual({ state, raw });
  });

  test.each([
    ['touyingyi', 'device', {}],
    ['meetingaccessory', 'accessory', {}],
    ['robot', 'unknown', { deviceType: 'robot' }],
    ['__proto__', 'unknown', { deviceType: '__proto__' }],
  ])('type %s is %s', (deviceType, kind, unknownFields) => {
    const device = readResult({ deviceType });
    expect([device.kind, device.unknownFields]).toEqual([kind, unknownFields]);
  });

  test.each([
    ['net_wired', 'wired', null],
    ['net_offline', 'offline', null],
    ['net_wifi', 'wifi', null],
    ['net_wireless', 'wifi', null],
    ['Guests of 3rd floor', 'wifi', 'Guests of 3rd floor'],
    ['NET_WIRED', 'wifi', 'NET_WIRED'],
  ])('network %s is %s', (devNetType, type, ssid) => {
    expect(readResult({ devNetType }).network).toMatchObject({ type, ssid });
  });

  test('a room with a name but without an ID is no room, and its name is kept', () => {
    expect(readResult({ roomName: 'Blue' })).toMatchObject({
      room: null,
      unknownFields: { roomName: 'Blue' },
    });
    expect(readResult({ openRoomId: 'r' }).room).toEqual({ id: 'r', name: null });
  });

  test('hostile text stays unchanged except for forbidden characters', () => {
    const name = '\u202e<img onerror=x>=HYPERLINK("x")';
    expect(readResult({ deviceName: `\u0000\ud800${name}` }).name).toBe(`\ufffd\ufffd${name}`);
  });

  test('a __proto__ member changes no prototype', () => {
    const device = read(
      '{"__proto__":{"a":1},"result":{"deviceId":"1","__proto__":{"name":"x","b":1},"new":{"\\u005f_proto__":{"c":1}}}}',
    );
    expect(device.name).toBeNull();
    expect(device.unknownFields).toEqual({ new: {} });
    expect(Object.getPrototypeOf(device.unknownFields)).toBe(Object.prototype);
    expect(Object.getOwnPropertyNames(device.unknownFields.new)).toEqual([]);
  });
});

describe('an undocumented structure makes the answer invalid', () => {
  test.each([
    ['{}'],
    ['{"result":null}'],
    ['{"result":[{"deviceId":"1"}]}'],
    ['{"result":"1"}'],
    ['{"result":{}}'],
    ['{"result":{"deviceId":"","deviceUnionId":null}}'],
    ['{"result":{"deviceId":{"a":1}}}'],
    ['{"result":{"deviceId":"1","controllers":{}}}'],
    ['{"result":{"deviceId":"1","controllers":""}}'],
    ['{"deviceId":"1"}'],
  ])('%s', (text) => {
    expect(() => read(text)).toThrow(new AppError('dingtalk-confused.shape', { upstream: said }));
  });

  test('a union ID alone is enough', () => {
    expect(read('{"result":{"deviceUnionId":"u"}}')).toMatchObject({ deviceId: null, unionId: 'u' });
  });
});
