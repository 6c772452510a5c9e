import { describe, expect, test } from 'vitest';
import { SAMPLE_DEVICE } from './documented-sample.ts';
import { World } from './world.ts';

const SIGNS: Record<string, string> = { i: 'i', P: '+', S: '/', E: '=' };

const worldOf = (rooms: number, seed = 7, devicesPerRoom = 1) =>
  new World({ seed, rooms, devicesPerRoom, corpId: 'dingsimcorp' });

function devicesOf(world: World): Record<string, unknown>[] {
  const rooms = Array.from({ length: world.rooms }, (_, room) => String(world.roomItem(room).roomId));
  return rooms.flatMap((roomId) => {
    const { deviceUnionIds } = world.roomById(roomId) as { deviceUnionIds: string[] };
    return deviceUnionIds.map((unionId) => world.byUnionId(unionId) as Record<string, unknown>);
  });
}

describe('the world', () => {
  test('is the same for the same seed and another for another', () => {
    expect(devicesOf(worldOf(60))).toEqual(devicesOf(worldOf(60)));
    expect(devicesOf(worldOf(60, 8))).not.toEqual(devicesOf(worldOf(60)));
    expect(devicesOf(worldOf(60, 8))[0]).toEqual(SAMPLE_DEVICE);
  });

  test('repeats no ID, serial number, MAC, address or cast code except where a scenario says so', () => {
    const devices = devicesOf(worldOf(1_500, 3, 2)).slice(1);
    for (const field of [
      'deviceId',
      'deviceUnionId',
      'deviceSn',
      'deviceMac',
      'devWireMac',
      'sipAccountName',
    ]) {
      expect(new Set(devices.map((device) => device[field])).size, field).toBe(devices.length);
    }
    const addresses = devices.flatMap(({ devNetIp }) => devNetIp || []);
    expect(new Set(addresses).size).toBe(addresses.length - 1);
    expect(new Set(devices.map(({ shareCode }) => shareCode)).size).toBe(devices.length - 1);
  });

  test('makes union ids of 16 bytes in base64 with i as the escape', () => {
    const world = worldOf(400);
    const rooms = Array.from({ length: 400 }, (_, room) =>
      world.roomById(String(world.roomItem(room).roomId)),
    );
    const ids = [
      ...devicesOf(world)
        .slice(1)
        .map(({ deviceUnionId }) => deviceUnionId),
      ...rooms.map((room) => room?.roomUnionId),
    ];
    for (const id of ids) {
      expect(id).toMatch(/^[A-Za-z0-9]{22,}iEiE$/);
      const base64 = String(id).replace(/i([iPSE])/g, (_, sign: string) => SIGNS[sign] ?? '');
      expect(base64).toHaveLength(24);
      expect(Buffer.from(base64, 'base64')).toHaveLength(16);
      expect(Buffer.from(base64, 'base64').toString('base64')).toBe(base64);
    }
  });

  test('writes ids and times as DingTalk does', () => {
    const devices = devicesOf(worldOf(200)).slice(1);
    for (const device of devices.filter(({ deviceType }) => deviceType === 'touyingyi')) {
      expect(device).toMatchObject({
        deviceId: expect.stringMatching(/^\d{8}$/),
        deviceUnionId: expect.stringMatching(/^[A-Za-z0-9]{22,}iEiE$/),
        openRoomId: expect.stringMatching(/^[0-9a-f]{48}$/),
        shareCode: expect.stringMatching(/^\d{6}$/),
        devMirror: expect.stringMatching(/^(true|false)$/),
        devHdmi: expect.stringMatching(/^(true|false)$/),
      });
      expect(Number(device.activeTime)).toBeGreaterThan(Date.UTC(2022, 0, 1));
    }
    const seen = new Set(devices.map(({ deviceStatus }) => deviceStatus));
    expect(['idle', 'offline', 'conf_running', 'projection'].every((status) => seen.has(status))).toBe(true);
  });

  test('holds as many scenarios as it has rooms for', () => {
    expect(Object.keys(worldOf(1).notables())).toEqual(['documentedSample']);
    expect(Object.keys(worldOf(5).notables())).toHaveLength(5);
    expect(worldOf(1).byDeviceId('1234')).toEqual(SAMPLE_DEVICE);
  });

  test('is ready with 100,000 rooms and finds any of them', () => {
    const world = worldOf(100_000);
    expect(world.counts).toMatchObject({ rooms: 100_000, devices: 100_000 });
    const { roomId } = world.roomItem(99_999);
    const detail = world.roomById(String(roomId)) as { deviceUnionIds: string[] };
    expect(world.byUnionId(String(detail.deviceUnionIds[0]))).toMatchObject({ openRoomId: roomId });
  });
});

describe('the scenarios', () => {
  const world = worldOf(40);
  const found = world.notables();
  const device = (name: string) => world.byDeviceId(found[name]?.deviceId ?? '') ?? {};
  const controllers = (name: string) => device(name).controllers as Record<string, unknown>[];

  test('show each status', () => {
    const shown = ['idle', 'offline', 'casting', 'ringing', 'inMeeting', 'whiteboard', 'unknownStatus'].map(
      (name) => device(name).deviceStatus,
    );
    expect(shown).toEqual([
      'idle',
      'offline',
      'projection',
      'conf_incoming',
      'conf_running',
      'white_board',
      'firmware_update',
    ]);
    expect(device('unknownStatus')).toHaveProperty('devUpgradeProgress');
  });

  test('show contradictions between devices', () => {
    const comparable = (name: string) => world.byDeviceId(found[name]?.comparableDeviceId ?? '');
    expect(device('duplicateIp').devNetIp).toBe(comparable('duplicateIp')?.devNetIp);
    expect(device('duplicateCastCode').shareCode).toBe(comparable('duplicateCastCode')?.shareCode);
    expect(controllers('wrongRoomController')[0]?.openRoomId).not.toBe(
      device('wrongRoomController').openRoomId,
    );
    expect(controllers('offlineWithLiveController')[0]?.deviceStatus).toBe('white_board');
    expect(device('offlineWithLiveController').deviceStatus).toBe('offline');
  });

  test('show what may be missing', () => {
    expect(device('lostMicrophone')).toMatchObject({ deviceStatus: 'offline', devMic: '' });
    expect(device('unboundDevice')).not.toHaveProperty('openRoomId');
    expect(world.roomById(found.roomWithoutDevice?.roomId ?? '')).toMatchObject({ deviceUnionIds: [] });
    expect(device('noControllers')).not.toHaveProperty('controllers');
    expect(device('nullControllers').controllers).toBeNull();
    expect(device('offlineNetwork')).toMatchObject({ devNetType: 'net_offline', devNetIp: '' });
  });

  test('show unusual values', () => {
    expect(device('wifi').devNetType).toBe('DingSim-Rooms');
    expect(device('wired').devNetType).toBe('net_wired');
    expect(controllers('touyingyiController')[0]?.deviceType).toBe('touyingyi');
    expect(controllers('twoControllers').map(({ deviceStatus }) => deviceStatus)).toEqual([
      'idle',
      'offline',
    ]);
    const { deviceUnionIds } = world.roomById(found.listedControllers?.roomId ?? '') as {
      deviceUnionIds: string[];
    };
    expect(deviceUnionIds).toHaveLength(2);
  });
});
