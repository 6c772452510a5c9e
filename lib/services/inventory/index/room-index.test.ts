import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StateCounts } from '#lib/api/rooms/room-answers.ts';
import type { FleetState } from '#lib/domain/inventory/fleet.ts';
import { ROOM_CONDITIONS, ROOM_SORTS, type RoomSort } from '#lib/domain/inventory/fleet-filter.ts';
import { worstOf } from '#lib/domain/issues/worst-first.ts';
import { knownRoom } from '#lib/testing/fleet.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { createRoomIndex, type IndexedRoom, type RoomFilter, type RoomIndex } from './room-index.ts';

const some = <T>(...values: T[]) => fc.constantFrom<T | null>(null, ...values);
const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const label = (name: string | null) => ({ id: null, name });

const row: fc.Arbitrary<IndexedRoom> = fc
  .record({
    id: fc.constantFrom(...ids),
    name: some('Room 2', 'room 10', '会议室', '长'.repeat(400)),
    capacity: some(2, 10),
    labels: fc.array(fc.constantFrom(label('video'), label('phone'), label(null)), { maxLength: 3 }),
    detailAt: some(1, 2),
    removedAt: some(5),
    path: fc.constantFrom<string[]>([], ['East'], ['East', 'Floor 2']),
    groupId: some('g1', 'g2'),
    states: fc.array(fc.constantFrom<FleetState>('idle', 'offline', 'in-meeting'), { maxLength: 3 }),
  })
  .map(({ path, groupId, states: list, ...said }) => {
    const states: StateCounts = {};
    for (const state of list) states[state] = (states[state] ?? 0) + 1;
    const deviceKeys = list.map((_, index) => `${said.id} ${index}`);
    return {
      room: knownRoom(said),
      path,
      groupId,
      states,
      deviceKeys,
      state: worstOf(list),
      reported: worstOf(list),
    };
  });

const filter: fc.Arbitrary<RoomFilter> = fc.record({
  words: fc.subarray(['room', '会议', 'floor'], { maxLength: 1 }),
  groups: fc.option(fc.subarray(['g1', '']).map((each) => new Set(each))),
  status: fc.subarray<FleetState>(['idle', 'offline'], { maxLength: 2 }),
  label: fc.subarray(['video', 'phone'], { maxLength: 1 }),
  condition: fc.option(fc.constantFrom(...ROOM_CONDITIONS)),
});

const step = fc.oneof(
  { weight: 4, arbitrary: row.map((put) => ({ put })) },
  { weight: 1, arbitrary: fc.constantFrom(...ids).map((remove) => ({ remove })) },
);
type Step = { put: IndexedRoom } | { remove: string };
const sorts = fc.constantFrom(...ROOM_SORTS.flatMap((name): RoomSort[] => [name, `-${name}`]));

function turned(steps: Step[], index: RoomIndex = createRoomIndex(), model = new Map<string, IndexedRoom>()) {
  for (const each of steps) {
    if ('put' in each) {
      index.put(each.put);
      model.set(each.put.room.id, each.put);
    } else {
      index.remove(each.remove);
      model.delete(each.remove);
    }
  }
  return { index, model };
}

const labelsOf = ({ room }: IndexedRoom) => new Set(room.labels.flatMap(({ name }) => name ?? []));
const conditionsOf = ({ room, deviceKeys }: IndexedRoom) =>
  room.removedAt !== null
    ? ['removed']
    : deviceKeys.length === 0 && room.detailAt !== null
      ? ['without-device']
      : [];

const isMatch = ({ room, path, groupId }: IndexedRoom, { words, groups }: RoomFilter) =>
  (groups === null || groups.has(groupId ?? '')) &&
  words.every((word) => [room.name, ...path, room.id].join('\n').toLowerCase().includes(word));

const failing = (each: IndexedRoom, { status, label: labels, condition }: RoomFilter) => [
  ...(status.length === 0 || status.some((state) => each.states[state]) ? [] : ['status']),
  ...(labels.length === 0 || labels.some((name) => labelsOf(each).has(name)) ? [] : ['label']),
  ...((condition ? conditionsOf(each).includes(condition) : each.room.removedAt === null)
    ? []
    : ['condition']),
];

function visited(index: RoomIndex, sort: RoomSort, wanted: RoomFilter, limit: number): string[] {
  const found: string[] = [];
  let after = null;
  do {
    const page = index.page(sort, after, limit, index.match(wanted).passes);
    found.push(...page.rows.map(({ room }) => room.id));
    after = page.more ? page.last : null;
  } while (after);
  return found;
}

describe('the room index', () => {
  test('counts the same as a scan of all rooms', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), filter, (steps, wanted) => {
        const { index, model } = turned(steps);
        const meant = [...model.values()].filter((each) => isMatch(each, wanted));
        const { total, facets } = index.match(wanted);
        expect(total).toBe(meant.filter((each) => failing(each, wanted).length === 0).length);
        expect(index.known).toBe([...model.values()].filter(({ room }) => room.removedAt === null).length);
        const read = {
          status: (each: IndexedRoom) => Object.keys(each.states),
          label: (each: IndexedRoom) => [...labelsOf(each)],
          condition: conditionsOf,
        };
        for (const facet of ['status', 'label', 'condition'] as const) {
          const counted = new Map<string, number>();
          for (const each of meant) {
            if (failing(each, wanted).some((failed) => failed !== facet)) continue;
            for (const value of read[facet](each)) counted.set(value, (counted.get(value) ?? 0) + 1);
          }
          expect(
            new Map<string | null, number>(facets[facet].map(({ value, count }) => [value, count])),
          ).toEqual(counted);
        }
      }),
      { numRuns: fuzzRuns(400) },
    );
  });

  test('gives the share of rooms with exactly one device among those with any', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { index, model } = turned(steps);
        const sizes = [...model.values()]
          .map(({ deviceKeys }) => deviceKeys.length)
          .filter((size) => size > 0);
        const alone = sizes.filter((size) => size === 1).length;
        expect(index.alone).toBe(sizes.length === 0 ? 1 : alone / sizes.length);
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  test('is paged in the order of a newly built index, in both directions, each match once', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 30 }),
        filter,
        sorts,
        fc.integer({ min: 1, max: 5 }),
        (...given) => {
          const [steps, wanted, sort, limit] = given;
          const { index, model } = turned([]);
          visited(index, sort, wanted, 5);
          turned(steps, index, model);
          const walked = visited(index, sort, wanted, limit);
          const fresh = turned([...model.values()].map((put) => ({ put }))).index;
          expect(walked).toEqual(visited(fresh, sort, wanted, 100));
          const passing = [...model.values()].filter(
            (each) => isMatch(each, wanted) && failing(each, wanted).length === 0,
          );
          expect(walked.toSorted()).toEqual(passing.map(({ room }) => room.id).toSorted());
          expect(index.match(wanted).facets).toEqual(fresh.match(wanted).facets);
        },
      ),
      { numRuns: fuzzRuns(400) },
    );
  });
});
