import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CURRENT_FOR_MS,
  type CurrencyMoment,
  isCurrent,
  newestEvidence,
  OFFLINE_CURRENT_FOR_MS,
} from '#lib/domain/devices/status-currency.ts';
import { FLEET_STATES, LISTED_STATUSES, listedStatus } from '#lib/domain/inventory/fleet.ts';
import {
  FLEET_FACETS,
  FLEET_SORTS,
  type FleetFacet,
  type FleetSort,
} from '#lib/domain/inventory/fleet-filter.ts';
import type { IssueCode } from '#lib/domain/issues/issue.ts';
import { fleetDevice } from '#lib/testing/fleet.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { createFleetIndex, type FleetFilter, type FleetIndex } from './fleet-index.ts';
import type { PlacedDevice } from './indexed-device.ts';

const some = <T>(...values: T[]) => fc.constantFrom<T | null>(null, ...values);
const keys = ['1', '2', '3', '10', '11', 'union a', 'union b', 'union c', '20', '21', '22', '23'];

const row: fc.Arbitrary<PlacedDevice> = fc
  .record({
    key: fc.constantFrom(...keys),
    name: some('Room 2', 'room 10', '会议室', '大会议室', 'Ａ１', 'x'.repeat(300), `${'x'.repeat(300)}y`),
    model: some('M1', 'M2'),
    firmware: some('1.2', '1.10'),
    software: some('s'),
    networkType: some('wifi' as const, 'wired' as const),
    roomId: some('r1', 'r2'),
    state: fc.constantFrom(...FLEET_STATES.filter((state) => state !== 'removed')),
    observedAt: some(1, 2, 1_700_000_000_000),
    eventAt: some(3, 1_700_000_000_001),
    stateSince: some(1, 2, 1_700_000_000_000),
    removedAt: fc.oneof(
      { weight: 3, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.constant(5) },
    ),
    issues: fc.subarray<IssueCode>(['offline', 'shared-ip', 'no-room']),
    groupId: some('g1', 'g2'),
    roomName: some('East', 'West'),
  })
  .map(({ groupId, roomName, ...said }) => ({
    groupId,
    roomName,
    device: fleetDevice({
      ...said,
      deviceId: said.key.startsWith('union') ? null : said.key,
      state: said.removedAt === null ? said.state : 'removed',
    }),
  }));

const filter: fc.Arbitrary<FleetFilter> = fc.record({
  facets: fc.record({
    status: fc.subarray([...LISTED_STATUSES], { maxLength: 2 }),
    model: fc.subarray([null, 'M1', 'M3'], { maxLength: 2 }),
    firmware: fc.subarray([null, '1.10'], { maxLength: 1 }),
    software: fc.constant([]),
    network: fc.subarray(['wifi', 'wired'], { maxLength: 1 }),
    group: fc.subarray([null, 'g1'], { maxLength: 1 }),
    issue: fc.subarray([null, '(any)', '(warning)', 'offline', 'no-room'], { maxLength: 2 }),
  }),
  room: fc.constantFrom(null, null, null, '', 'r1', 'r9'),
  words: fc.subarray(['room', '会议', 'a1', 'east'], { maxLength: 1 }),
  keys: fc.subarray(keys, { maxLength: 2 }).map((each) => new Set(each)),
});

/** Moments about those at which statuses of these rows expire, in any order: a clock may be set back. */
const moment: fc.Arbitrary<CurrencyMoment> = fc.record({
  now: fc.constantFrom(
    ...[0, OFFLINE_CURRENT_FOR_MS, CURRENT_FOR_MS].flatMap((age) => [age + 2, age + 1_700_000_000_000]),
  ),
  vouchedSince: some(1, 3, 1_700_000_000_000),
});

const change = fc.oneof(
  { weight: 4, arbitrary: row.map((put) => ({ put })) },
  { weight: 1, arbitrary: fc.constantFrom(...keys).map((remove) => ({ remove })) },
);
const step = fc.oneof(
  { weight: 5, arbitrary: change },
  { weight: 1, arbitrary: moment.map((judge) => ({ judge })) },
);
type Step = { put: PlacedDevice } | { remove: string } | { judge: CurrencyMoment };
const sorts = fc.constantFrom(...FLEET_SORTS.flatMap((name): FleetSort[] => [name, `-${name}`]));

/** The same rows in an index that was turned through the steps and in a plain map. */
function turned(
  steps: Step[],
  index: FleetIndex = createFleetIndex(),
  model = new Map<string, PlacedDevice>(),
) {
  for (const each of steps) {
    if ('put' in each) {
      index.put(each.put);
      model.set(each.put.device.key, each.put);
    } else if ('remove' in each) {
      index.remove(each.remove);
      model.delete(each.remove);
    } else index.judge(each.judge);
  }
  return { index, model };
}

/** A row's value in a facet: one value, or several of its issues. */
const saidOf = (
  { device, groupId }: PlacedDevice,
  facet: FleetFacet,
  judged: CurrencyMoment,
): (string | null)[] => {
  if (facet === 'issue') {
    if (device.issues.length === 0) return [null];
    // Of the codes used here, `no-room` alone is a warning.
    const isCritical = device.issues.some((code) => code !== 'no-room');
    return ['(any)', isCritical ? '(critical)' : '(warning)', ...device.issues];
  }
  const { state, observedAt, eventAt } = device;
  const current = isCurrent({ state, seenAt: newestEvidence(observedAt, eventAt) }, judged);
  return [
    { ...device, status: listedStatus({ state, current }), network: device.networkType, group: groupId }[
      facet
    ],
  ];
};

function isMatch({ device, roomName }: PlacedDevice, { room, words, keys: named }: FleetFilter): boolean {
  const names = [device.name, roomName, device.model, device.deviceId, device.firmware].join('\n');
  const hay = names.normalize('NFKC').toLowerCase();
  const inRoom = room === null || device.roomId === (room === '' ? null : room);
  return inRoom && (words.every((word) => hay.includes(word)) || named.has(device.key));
}

/** The facets that a row does not match; removed ones do not match "status" unless selected. */
const failing = (each: PlacedDevice, { facets }: FleetFilter, judged: CurrencyMoment) =>
  FLEET_FACETS.filter((facet) => {
    const chosen = facets[facet];
    const hidden = facet === 'status' && each.device.removedAt !== null && !chosen.includes('removed');
    return (
      hidden || (chosen.length > 0 && !saidOf(each, facet, judged).some((value) => chosen.includes(value)))
    );
  });

function visited(index: FleetIndex, sort: FleetSort, wanted: FleetFilter, limit: number): string[] {
  const found: string[] = [];
  let after = null;
  do {
    const page = index.page(sort, after, limit, index.match(wanted).passes);
    found.push(...page.rows.map(({ device }) => device.key));
    after = page.more ? page.last : null;
  } while (after);
  return found;
}

describe('the device index', () => {
  test('counts the same as a scan of all rows, under any filter and after any changes', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), filter, (steps, wanted) => {
        const { index, model } = turned(steps);
        const meant = [...model.values()].filter((each) => isMatch(each, wanted));
        const { total, facets } = index.match(wanted);
        const { judged } = index;
        expect(total).toBe(meant.filter((each) => failing(each, wanted, judged).length === 0).length);
        for (const facet of FLEET_FACETS) {
          const counted = meant.filter((each) =>
            failing(each, wanted, judged).every((failed) => failed === facet),
          );
          const expected = Map.groupBy(
            counted.flatMap((each) => saidOf(each, facet, judged)),
            (value) => value,
          );
          expect(new Map(facets[facet].map(({ value, count }) => [value, count]))).toEqual(
            new Map([...expected].map(([value, rows]) => [value, rows.length])),
          );
        }
      }),
      { numRuns: fuzzRuns(400) },
    );
  });

  test('counts all existing devices, and those without a room', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { index, model } = turned(steps);
        const there = [...model.values()].filter(({ device }) => device.removedAt === null);
        expect(index.known).toBe(there.length);
        expect(index.withoutRoom).toBe(there.filter(({ device }) => device.roomId === null).length);
        for (const roomId of ['r1', 'r2']) {
          const inRoom = [...model.values()].filter(({ device }) => device.roomId === roomId);
          expect(new Set(index.inRoom(roomId))).toEqual(new Set(inRoom.map(({ device }) => device.key)));
        }
        const seen: string[] = [];
        index.forEach(({ device }) => void seen.push(device.key));
        expect(seen.toSorted()).toEqual([...model.keys()].toSorted());
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  test('is paged in the order of a newly built index, in both directions, missing values last', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        filter,
        sorts,
        fc.integer({ min: 1, max: 5 }),
        (...given) => {
          const [steps, wanted, sort, limit] = given;
          const { index, model } = turned([]);
          // An order that exists while rows change must be what it is when it is made afterwards.
          visited(index, sort, wanted, 5);
          turned(steps, index, model);
          const walked = visited(index, sort, wanted, limit);
          const fresh = turned([
            { judge: index.judged },
            ...[...model.values()].map((put) => ({ put })),
          ]).index;
          expect(walked).toEqual(visited(fresh, sort, wanted, 100));
          const passing = [...model.values()].filter(
            (each) => isMatch(each, wanted) && failing(each, wanted, index.judged).length === 0,
          );
          expect(walked.toSorted()).toEqual(passing.map(({ device }) => device.key).toSorted());
          if (/name|model|room$/.test(sort)) {
            const missing = walked.map((key) => {
              const { device, roomName } = model.get(key) as PlacedDevice;
              return (
                { name: device.name, model: device.model, room: roomName }[sort.replace('-', '')] === null
              );
            });
            expect(missing).toEqual(missing.toSorted((a, b) => Number(a) - Number(b)));
          }
        },
      ),
      { numRuns: fuzzRuns(400) },
    );
  });

  test('shows every unchanged row exactly once, while others change between the pages', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 10, maxLength: 40 }),
        fc.array(fc.array(change, { maxLength: 4 })),
        sorts,
        (...given) => {
          const [steps, meanwhile, sort] = given;
          const { index, model } = turned(steps);
          const everything = { facets: emptyFacets(), room: null, words: [], keys: new Set<string>() };
          const touched = new Set<string>();
          for (const each of meanwhile.flat()) touched.add('put' in each ? each.put.device.key : each.remove);
          const staying = [...model.values()]
            .filter(({ device }) => device.removedAt === null && !touched.has(device.key))
            .map(({ device }) => device.key);
          const found: string[] = [];
          let after = null;
          for (let page = 0; page === 0 || after; page++) {
            const { rows, more, last } = index.page(sort, after, 2, index.match(everything).passes);
            found.push(...rows.map(({ device }) => device.key));
            after = more ? last : null;
            turned(meanwhile[page] ?? [], index, model);
          }
          expect(found.filter((key) => !touched.has(key)).toSorted()).toEqual(staying.toSorted());
        },
      ),
      { numRuns: fuzzRuns(400) },
    );
  });

  test('has cursors that fit into an address and contain no union ID', () => {
    const name = '长'.repeat(500);
    const rows = ['union secret-1', 'union secret-2', 'union secret-3'].map((key) => ({
      device: fleetDevice({ key, deviceId: null, unionId: key.slice(6), name }),
      groupId: null,
      roomName: null,
    }));
    const { index } = turned(rows.map((put) => ({ put })));
    const { last } = index.page('name', null, 1, () => true);
    expect(JSON.stringify(last)).not.toContain('secret');
    expect(JSON.stringify(last).length).toBeLessThan(200);
    const everything = { facets: emptyFacets(), room: null, words: [], keys: new Set<string>() };
    expect(new Set(visited(index, 'name', everything, 1)).size).toBe(3);
  });

  test('tells whose rooms are touched when statuses expire, and when events vouch for them again', () => {
    const place = (key: string, roomId: string, observedAt: number) => ({
      device: fleetDevice({ key, roomId, observedAt, state: 'offline' }),
      groupId: null,
      roomName: null,
    });
    const { index } = turned([{ put: place('1', 'r1', 10) }, { put: place('2', 'r2', 20) }]);
    const judged = (now: number, vouchedSince: number | null = null) => [
      ...index.judge({ now, vouchedSince }),
    ];
    expect(judged(30)).toEqual([]);
    expect(judged(OFFLINE_CURRENT_FOR_MS + 10)).toEqual(['r1']);
    expect(judged(OFFLINE_CURRENT_FOR_MS + 19)).toEqual([]);
    expect(judged(OFFLINE_CURRENT_FOR_MS + 20, 20)).toEqual([]);
    expect(judged(OFFLINE_CURRENT_FOR_MS + 20)).toEqual(['r2']);
    expect(judged(OFFLINE_CURRENT_FOR_MS + 20, 10)).toEqual(['r1', 'r2']);
    expect(judged(30)).toEqual([]);
    expect(index.get('1')?.current).toBe(true);
  });

  test('is sorted by status as well when more rows expire at once than are moved one by one', () => {
    const many = Array.from({ length: 500 }, (_, at) => ({
      device: fleetDevice({ key: `${at}`, observedAt: 10, state: at % 2 ? ('idle' as const) : 'offline' }),
      groupId: null,
      roomName: null,
    }));
    const { index } = turned(many.map((put) => ({ put })));
    const inOrder = () => index.page('status', null, 500, () => true).rows.map(({ current }) => current);
    expect(inOrder()).toEqual(Array(500).fill(true));
    index.judge({ now: OFFLINE_CURRENT_FOR_MS + 10, vouchedSince: null });
    expect(inOrder()).toEqual([...Array(250).fill(true), ...Array(250).fill(false)]);
  });

  test('finds by words in names, and nothing without words', () => {
    const { index } = turned([
      { put: { device: fleetDevice({ key: '1', name: 'Ｂｉｇ 会议室' }), groupId: null, roomName: 'East' } },
    ]);
    const found = (words: string[]) => index.find(words, 5).map(({ device }) => device.key);
    expect(found(['big', '会议', 'east'])).toEqual(['1']);
    expect(found(['big', 'west'])).toEqual([]);
    expect(found([])).toEqual([]);
  });
});

const emptyFacets = (): FleetFilter['facets'] => ({
  status: [],
  model: [],
  firmware: [],
  software: [],
  network: [],
  group: [],
  issue: [],
});
