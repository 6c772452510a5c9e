import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InventoryView } from '#lib/services/inventory/inventory.ts';
import { fleetDevice, knownRoom } from '#lib/testing/fleet.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { findByName } from './find-by-name.ts';
import { createFleetIndex } from './fleet-index.ts';
import { createGroupPaths } from './group-paths.ts';
import { createRoomIndex } from './room-index.ts';

function viewOf(devices: string[], rooms: string[] = []): InventoryView {
  const view = { fleet: createFleetIndex(), rooms: createRoomIndex(), groups: createGroupPaths([]) };
  for (const name of devices) {
    view.fleet.put({ device: fleetDevice({ key: `d ${name}`, name }), groupId: null, roomName: null });
  }
  for (const name of rooms) addRoom(view, name);
  return view;
}

function addRoom({ rooms }: InventoryView, name: string): void {
  const nothing = { path: [], groupId: null, deviceKeys: [], states: {}, state: null, reported: null };
  rooms.put({ room: knownRoom({ id: `r ${name}`, name }), ...nothing });
}

const keysOf = (view: InventoryView, text: string) => findByName(view, text).map(({ key }) => key);

describe('a few words', () => {
  const view = viewOf(['Boardroom', 'The Boardroom East', 'East Boardroom'], ['Boardroom', '大会议室']);

  test('find equal names, then names that begin with them, then names that contain them', () => {
    expect(findByName(view, ' BOARDROOM ').map(({ key, rank }) => [key, rank])).toEqual([
      ['r Boardroom', 1.5],
      ['d Boardroom', 1.5],
      ['d The Boardroom East', 6],
      ['d East Boardroom', 6],
    ]);
    expect(keysOf(view, 'the boardroom')).toEqual(['d The Boardroom East']);
    expect(keysOf(view, '会议')).toEqual(['r 大会议室']);
  });

  test('find nothing when one of them matches nothing, or without words', () => {
    expect(keysOf(view, 'boardroom west')).toEqual([]);
    expect(keysOf(view, ' \n ')).toEqual([]);
  });
});

describe('a pasted ticket', () => {
  const ticket = (line: string) => `工单 20261124\n${line}\n谢谢`;
  test.each([
    ['Boardroom', 'the screen in Boardroom is dark'],
    ['Boardroom', 'Room: Boardroom.'],
    ['Boardroom', '会议室：Boardroom，离线'],
    ['Boardroom', 'room=boardroom;'],
    ['Boardroom (East)', 'see Boardroom (East), please'],
    ['Boardroom (East)', 'see Boardroom （East）'],
    ['大会议室', '三楼的大会议室坏了'],
    ['大会议室(东)', '三楼的（大会议室（东））坏了'],
    ['会议室302', '会议室302没有声音'],
    ['A-302 v1.2', 'a-302  v1.2.'],
    ['Ｒoom＃3', 'room#3'],
  ])('names %s in %j', (name, line) => {
    expect(keysOf(viewOf([name, 'Elsewhere']), ticket(line))).toEqual([`d ${name}`]);
  });

  test.each([
    ['Board', 'Boardroom'],
    ['TV', 'the tv is dark'],
    ['室', '会议室坏了'],
    ['302', '会议室302坏了'],
    ['a'.repeat(65), 'a'.repeat(65)],
  ])('does not name %s in %j', (name, line) => {
    expect(keysOf(viewOf([name]), ticket(line))).toEqual([]);
  });

  test('names the longer of two names with the same beginning, and every match of one name', () => {
    const view = viewOf(['Boardroom', 'Boardroom East'], ['Boardroom East']);
    expect(keysOf(view, ticket('Boardroom East'))).toEqual(['r Boardroom East', 'd Boardroom East']);
  });

  test('finds names that were added since the last search', () => {
    const view = viewOf(['Boardroom']);
    expect(keysOf(view, ticket('Atelier'))).toEqual([]);
    addRoom(view, 'Atelier');
    expect(keysOf(view, ticket('Atelier'))).toEqual(['r Atelier']);
  });

  test('is searched quickly however it is built', () => {
    const view = viewOf(['Boardroom', 'x'.repeat(64)]);
    const hostile = [')', '会', 'a ', `${')'.repeat(499)}x `, '( ', 'x', '...... ', '=a', 'ﷺ'];
    for (const piece of hostile) findByName(view, piece.repeat(20_000 / piece.length));
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 81 }), (text) => void findByName(view, text)),
      { numRuns: fuzzRuns(100) },
    );
  });
});
