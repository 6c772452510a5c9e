import type { Store } from '#lib/store/store.ts';
import { room } from './fleet.ts';
import { controller, reading } from './reading.ts';

/** What no viewer may find or see of the known world. */
export const HIDDEN = [
  'union-1',
  'union-2',
  'sn-0001',
  'aabbcc000001',
  '10.0.0.1',
  '839201',
  'a@sip.example',
  'panelu',
];

/**
 * A small inventory after discovery and checks: three devices in two rooms of a tree, one of them with a controller,
 * one that was only found in its room, and one without a room.
 */
export async function recordKnownWorld(store: Store, at: number): Promise<void> {
  const { run } = await store.startDiscovery({ id: 'run', depth: 'full', startedBy: null, at });
  const groups = [
    { id: 'city', name: '上海', parentId: null },
    { id: 'floor', name: 'Floor 3', parentId: 'city' },
    { id: 'hut', name: 'Hut', parentId: null },
  ];
  await store.recordRoomGroups(run.id, groups, at);
  const big = room({
    id: 'room-big',
    name: '大会议室',
    groupId: 'floor',
    deviceUnionIds: ['union-1', 'union-3'],
  });
  await store.recordRoomDetail(run.id, { ...big, labels: [{ id: null, name: 'video' }] }, at);
  await store.recordRoomDetail(run.id, room({ id: 'room-hut', name: 'Hut 2', groupId: 'hut' }), at);
  await store.recordRoomDetail(run.id, room({ id: 'room-empty', name: 'Store room' }), at);
  const panel = controller({ deviceId: '2001', unionId: 'PanelU', name: 'Panel', castCode: '55501' });
  const network = { type: 'wired', ssid: null, ip: '10.0.0.1', wifiMac: null, wiredMac: null } as const;
  await store.recordReading(
    { by: 'unionId', id: 'union-1' },
    reading({
      observedAt: at,
      device: {
        deviceId: '1001',
        unionId: 'union-1',
        name: 'Wall screen',
        model: 'M1',
        serial: 'SN-0001',
        mac: 'AA:BB:CC:00:00:01',
        castCode: '839201',
        sipAccount: 'a@sip.example',
        network,
        room: { id: 'room-big', name: null },
        controllers: [panel],
      },
    }),
  );
  await store.recordReading(
    { by: 'deviceId', id: '1002' },
    reading({
      observedAt: at,
      device: {
        deviceId: '1002',
        unionId: 'union-2',
        name: 'Hut screen',
        model: 'M2',
        serial: 'SN-0002',
        status: { state: 'offline', raw: 'offline' },
        room: { id: 'room-hut', name: null },
      },
    }),
  );
  const roomless = {
    deviceId: '10001',
    unionId: null,
    name: 'Spare',
    serial: 'AABB-77',
    mac: 'AA:BB:77:00:00:02',
  };
  await store.recordReading({ by: 'deviceId', id: '10001' }, reading({ observedAt: at, device: roomless }));
  await store.finishDiscovery(run.id, at);
}
