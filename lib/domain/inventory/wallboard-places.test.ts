import { describe, expect, test } from 'vitest';
import { wallboardPlaces, wallCut } from './wallboard-places.ts';

const device = (name: string, room: string | null) => ({
  name,
  room: room === null ? null : { id: room, name: room },
});

describe('the wallboard', () => {
  const places = wallboardPlaces([
    device('a', 'West'),
    device('b', null),
    device('c', 'East'),
    device('d', 'West'),
    device('e', null),
  ]);

  test('shows a room once, at the most severe of its devices', () => {
    expect(places.map(({ devices }) => devices.map(({ name }) => name))).toEqual([
      ['a', 'd'],
      ['b'],
      ['c'],
      ['e'],
    ]);
    expect(new Set(places.map(({ key }) => key)).size).toBe(4);
  });

  test('counts every device that is not on it, including those without a reading', () => {
    expect(wallCut(places, 2, 20)).toMatchObject({ more: 17, shown: [{ key: 'room West' }, {}] });
    expect(wallCut(places, 9, 5).more).toBe(0);
    expect(wallCut(places, 9, 4).more, 'a count that came before the rows').toBe(0);
  });
});
