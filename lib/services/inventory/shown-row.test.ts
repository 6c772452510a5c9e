import { describe, expect, test } from 'vitest';
import { ROLES } from '#lib/domain/access/operator.ts';
import { fleetDevice, knownRoom } from '#lib/testing/fleet.ts';
import { cursorOf } from './cursor.ts';
import { createFleetIndex } from './index/fleet-index.ts';
import { createGroupPaths } from './index/group-paths.ts';
import { createRoomIndex } from './index/room-index.ts';
import { shownDevice, shownRoom } from './shown-row.ts';

const SECRET = {
  unionId: 'canary-union',
  serial: 'canary-serial',
  mac: 'canary-mac',
  ip: 'canary-ip',
};
const named = fleetDevice({ ...SECRET, key: '1234', roomId: 'r', name: 'Named' });
const nameless = fleetDevice({ ...SECRET, key: 'union canary-union', deviceId: null, roomId: 'r' });

function shownTo(role: (typeof ROLES)[number]) {
  const view = { fleet: createFleetIndex(), rooms: createRoomIndex(), groups: createGroupPaths([]) };
  for (const device of [named, nameless]) view.fleet.put({ device, groupId: 'g', roomName: null });
  const room = knownRoom({ id: 'r', unionId: 'canary-room', deviceUnionIds: ['canary-union'] });
  const indexed = {
    room,
    path: [],
    groupId: null,
    deviceKeys: ['1234', nameless.key],
    states: {},
    state: null,
    reported: null,
  };
  const showing = { view, role, now: 10 };
  const devices = [named, nameless].map((device) =>
    shownDevice(showing, { device, groupId: null, roomName: null, current: true }),
  );
  const cursors = (['name', '-seen', 'status'] as const).map((sort) => {
    const { last } = view.fleet.page(sort, null, 5, () => true);
    return last && cursorOf(last);
  });
  return { devices, room: shownRoom(showing, indexed), cursors };
}

const asText = (value: unknown) => JSON.stringify(value);
const decoded = (cursors: (string | null)[]) =>
  cursors.map((cursor) => Buffer.from(cursor ?? '', 'base64url').toString()).join();

describe('a row of the device list', () => {
  test('contains for a viewer nothing that identifies a device, in no field and in no cursor', () => {
    const { devices, room, cursors } = shownTo('viewer');
    expect(asText([devices, room])).not.toContain('canary');
    expect(decoded(cursors)).not.toContain('canary');
    expect(devices.map(({ key }) => key)).toEqual(['1234', '']);
  });

  test.each(['support', 'admin'] as const)('contains it for %s, but never in a cursor', (role) => {
    const { devices, room, cursors } = shownTo(role);
    for (const value of Object.values(SECRET)) expect(asText(devices)).toContain(value);
    expect(asText(room)).not.toContain('canary-room');
    expect(decoded(cursors)).not.toContain('canary');
    expect(devices.map(({ key }) => key)).toEqual(['1234', 'union canary-union']);
  });

  test.each(ROLES)('has for %s an age that is never negative, and none without a reading', (role) => {
    const view = { fleet: createFleetIndex(), rooms: createRoomIndex(), groups: createGroupPaths([]) };
    const ageOf = (observedAt: number | null) => {
      const device = fleetDevice({ key: '1', observedAt });
      const row = { device, groupId: null, roomName: null, current: true };
      return shownDevice({ view, role, now: 1_000 }, row).ageMs;
    };
    expect([ageOf(400), ageOf(5_000), ageOf(null)]).toEqual([600, 0, null]);
  });

  test('is sorted by its last update, the newer of check and event', () => {
    const index = createFleetIndex();
    for (const [key, observedAt, eventAt] of [
      ['checked', 300, null],
      ['event', 100, 400],
      ['overtaken', 200, 150],
    ] as const) {
      index.put({ device: fleetDevice({ key, observedAt, eventAt }), groupId: null, roomName: null });
    }
    const { rows } = index.page('-seen', null, 5, () => true);
    expect(rows.map(({ device }) => device.key)).toEqual(['event', 'checked', 'overtaken']);
  });
});
