import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ISSUE_CODES } from '#lib/domain/issues/issue.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { LISTED_STATUSES } from './fleet.ts';
import {
  EVERY_DEVICE,
  EVERY_ROOM,
  FLEET_SORTS,
  type FleetQuestion,
  type FleetSort,
  fleetParams,
  MAX_QUERY_LENGTH,
  NOT_SAID,
  type PastQuestion,
  ROOM_CONDITIONS,
  ROOM_SORTS,
  type RoomSort,
  type RoomsQuestion,
  readFleetQuestion,
  readRoomsQuestion,
  roomsParams,
} from './fleet-filter.ts';

// A lone surrogate cannot be in an address.
const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((each) => each !== NOT_SAID);
const words = fc.string({ unit: 'grapheme' });
const values = fc.uniqueArray(fc.option(text));
const states = fc.uniqueArray(fc.constantFrom(...LISTED_STATUSES));
const turned = <T extends string>(names: readonly T[]) =>
  fc.constantFrom(...names.flatMap((name) => [name, `-${name}` as const]));

const moment = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-01-01') }).map(Number);
const pasts: fc.Arbitrary<PastQuestion> = fc.oneof(
  fc.constant({ at: null, against: null }),
  fc.record({ at: moment, against: fc.option(moment) }),
);
const ofSomeMoment = <T extends object>(question: T) => pasts.map((past) => ({ ...question, ...past }));

const fleetQuestion: fc.Arbitrary<FleetQuestion> = fc
  .record({
    q: words,
    facets: fc.record({
      status: states,
      model: values,
      firmware: values,
      software: values,
      network: values,
      group: values,
      issue: fc.uniqueArray(fc.option(fc.constantFrom(...ISSUE_CODES))),
    }),
    room: fc.option(text),
    notification: fc.option(
      fc
        .tuple(fc.uuid(), fc.constantFrom('raised' as const, 'more' as const, 'resolved' as const))
        .map(([id, kind]) => `${id}.${kind}` as const),
    ),
    sort: turned(FLEET_SORTS) as fc.Arbitrary<FleetSort>,
  })
  .chain(ofSomeMoment);

const roomsQuestion: fc.Arbitrary<RoomsQuestion> = fc
  .record({
    q: words,
    group: fc.option(text),
    status: states,
    label: fc.uniqueArray(text),
    condition: fc.option(fc.constantFrom(...ROOM_CONDITIONS)),
    sort: turned(ROOM_SORTS) as fc.Arbitrary<RoomSort>,
  })
  .chain(ofSomeMoment);

const throughAddress = (params: URLSearchParams) => new URL(`https://desk.example/x?${params}`).searchParams;

describe('a view in an address', () => {
  test('is the same when it is read back', () => {
    fc.assert(
      fc.property(fleetQuestion, (question) => {
        expect(readFleetQuestion(throughAddress(fleetParams(question)))).toEqual(question);
      }),
      { numRuns: fuzzRuns(100) },
    );
    fc.assert(
      fc.property(roomsQuestion, (question) => {
        expect(readRoomsQuestion(throughAddress(roomsParams(question)))).toEqual(question);
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  test('of everything is empty', () => {
    expect(`${fleetParams(EVERY_DEVICE)}${roomsParams(EVERY_ROOM)}`).toBe('');
  });

  test('of any kind is read, and unknown values are omitted', () => {
    const name = fc.constantFrom(
      'q',
      'status',
      'model',
      'sort',
      'room',
      'condition',
      'label',
      '__proto__',
      'x',
    );
    const value = fc.oneof(fc.string(), fc.constantFrom('offline', '-name', '--name', NOT_SAID, 'removed'));
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), (pairs) => {
        const read = readFleetQuestion(new URLSearchParams(pairs));
        expect(readFleetQuestion(fleetParams(read))).toEqual(read);
        const rooms = readRoomsQuestion(new URLSearchParams(pairs));
        expect(readRoomsQuestion(roomsParams(rooms))).toEqual(rooms);
      }),
      { numRuns: fuzzRuns(100) },
    );
    const odd = new URLSearchParams(
      'status=asleep&status=(none)&sort=height&room=&model=&condition=open&x=1',
    );
    expect(readFleetQuestion(odd)).toEqual(EVERY_DEVICE);
    expect(readRoomsQuestion(odd)).toEqual(EVERY_ROOM);
  });

  test('has each value once, and limits text', () => {
    const read = readFleetQuestion(
      new URLSearchParams([
        ['model', 'M1'],
        ['model', 'M1'],
        ['q', 'x'.repeat(30_000)],
      ]),
    );
    expect(read.facets.model).toEqual(['M1']);
    expect(read.q).toHaveLength(MAX_QUERY_LENGTH);
  });

  test('keeps defaults out of the address', () => {
    readFleetQuestion(new URLSearchParams('model=M1&status=offline')).facets.network.push('wifi');
    expect(EVERY_DEVICE.facets).toEqual({
      status: [],
      model: [],
      firmware: [],
      software: [],
      network: [],
      group: [],
      issue: [],
    });
  });
});
