import { describe, expect, test } from 'vitest';
import { wallboardPlaces, wallCut } from './wallboard-places.ts';

const device = (name: string, room: string | null) => ({
  name,
  room: room === null ? null : { id: room, name: room },
});

describe('what a wall shows', () => {
  const places = wallboardPlaces([
    device('a', 'West'),
    device('b', null),
    device('c', 'East'),
    device('d', 'West'),
    device('e', null),
  ]);

  test('is a room once, where the worst of its devices stands', () => {
    expect(places.map(({ devices }) => devices.map(({ name }) => name))).toEqual([
      ['a', 'd'],
      ['b'],
      ['c'],
      ['e'],
    ]);
    expect(new Set(places.map(({ key }) => key)).size).toBe(4);
  });

  test('counts every device that is not on it, those that were not read included', () => {
    expect(wallCut(places, 2, 20)).toMatchObject({ more: 17, shown: [{ key: 'room West' }, {}] });
    expect(wallCut(places, 9, 5).more).toBe(0);
    expect(wallCut(places, 9, 4).more, 'a count that came before the rows').toBe(0);
  });
});
