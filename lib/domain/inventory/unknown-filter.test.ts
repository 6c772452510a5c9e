import { describe, expect, test } from 'vitest';
import { EVERY_DEVICE, EVERY_ROOM, FLEET_FACETS, fleetParams, roomsParams } from './fleet-filter.ts';
import { unreadInFleet, unreadInRooms } from './unknown-filter.ts';

const COLUMNS = ['room', 'model'];

describe('the part of an address that a list does not apply', () => {
  test.each([
    ['status=banana', ['status', 'banana']],
    ['status=offline&status=banana', ['status', 'banana']],
    ['issue=banana', ['issue', 'banana']],
    ['sort=colour', ['sort', 'colour']],
    ['columns=room,banana', ['columns', 'room,banana']],
    ['staus=idle', ['staus', 'idle']],
    ['status=banana&status=banana', ['status', 'banana']],
    ['__proto__=x', ['__proto__', 'x']],
    ['notification=banana', ['notification', 'banana']],
  ])('is reported for devices of %s', (query, [name, value]) => {
    expect(unreadInFleet(new URLSearchParams(query), COLUMNS)).toEqual([{ name, value }]);
  });

  test.each([
    ['status=banana', ['status', 'banana']],
    ['condition=nice', ['condition', 'nice']],
    ['sort=colour', ['sort', 'colour']],
    ['model=x', ['model', 'x']],
  ])('is reported for rooms of %s', (query, [name, value]) => {
    expect(unreadInRooms(new URLSearchParams(query))).toEqual([{ name, value }]);
  });

  test('is empty for a view that Rooms Desk creates', () => {
    const facets = Object.fromEntries(FLEET_FACETS.map((facet) => [facet, [null]])) as never;
    const past = { at: 1_700_000_000_000, against: 1_700_000_060_000 };
    const fleet = fleetParams({
      ...EVERY_DEVICE,
      q: 'x',
      room: 'r',
      notification: '00000000-0000-4000-8000-000000000001.raised',
      sort: '-seen',
      facets: { ...(facets as object), status: ['offline'], issue: ['offline', null] } as never,
      ...past,
    });
    fleet.set('columns', 'room,model');
    expect(unreadInFleet(fleet, COLUMNS)).toEqual([]);
    const rooms = roomsParams({
      ...EVERY_ROOM,
      q: 'x',
      group: 'g',
      status: ['idle'],
      label: ['l'],
      sort: '-name',
      ...past,
    });
    expect(unreadInRooms(rooms)).toEqual([]);
    expect(unreadInFleet(new URLSearchParams('status=&q=&columns='), COLUMNS)).toEqual([]);
  });
});
