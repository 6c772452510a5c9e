import fc from 'fast-check';
import { expect, test } from 'vitest';
import { auditWhole } from '#lib/api/audit/audit-requests.ts';
import { historyQuestion } from '#lib/api/history/history-request.ts';
import { fleetWhole, roomsPage } from '#lib/api/inventory/list-requests.ts';
import { AUDIT_ACTIONS, AUDIT_OUTCOMES } from '#lib/domain/audit/audit.ts';
import { type AuditFilter, auditParams } from '#lib/domain/audit/audit-filter.ts';
import { LISTED_STATUSES } from '#lib/domain/inventory/fleet.ts';
import {
  FLEET_SORTS,
  type FleetQuestion,
  fleetParams,
  type PastQuestion,
  ROOM_CONDITIONS,
  ROOM_SORTS,
  type RoomsQuestion,
  roomsParams,
} from '#lib/domain/inventory/fleet-filter.ts';
import { ISSUE_CODES } from '#lib/domain/issues/issue.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { type HistoryView, historyParams } from './history/history-address.ts';

/** A query as routes read it: a repeated parameter is a list. */
const asQuery = (params: URLSearchParams) =>
  Object.fromEntries([...new Set(params.keys())].map((name) => [name, oneOrAll(params.getAll(name))]));

const oneOrAll = (values: string[]) => (values.length === 1 ? values[0] : values);

/** The browser writes a request with one codec, and the route reads it with its schema. */
function expectAgreement<Q>(
  questions: fc.Arbitrary<Q>,
  write: (question: Q) => URLSearchParams,
  read: (query: object) => Q,
): void {
  fc.assert(
    fc.property(questions, (question) => {
      expect(read(asQuery(write(question)))).toEqual(question);
    }),
    { numRuns: fuzzRuns(100) },
  );
}

const words = fc.stringMatching(/^[\w ]{0,20}$/);
const id = fc.stringMatching(/^[a-z0-9]{1,20}$/);
const ids = fc.uniqueArray(id, { maxLength: 5 });
const known = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 5 });
const sorted = <T extends string>(names: readonly T[]) =>
  fc.constantFrom(...names.flatMap((name): (T | `-${T}`)[] => [name, `-${name}`]));
const moment = fc.integer({ min: 0, max: 4_000_000_000_000 });
const withPast = <T extends object>(question: T): fc.Arbitrary<T & PastQuestion> =>
  fc
    .oneof(fc.constant({ at: null, against: null }), fc.record({ at: moment, against: fc.option(moment) }))
    .map((past) => ({ ...question, ...past }));

test('the device list is requested as its route reads it', () => {
  const questions: fc.Arbitrary<FleetQuestion> = fc
    .record({
      q: words,
      facets: fc.record({
        status: known(LISTED_STATUSES),
        model: fc.uniqueArray(fc.option(id), { maxLength: 5 }),
        firmware: ids,
        software: ids,
        network: ids,
        group: ids,
        issue: known([...ISSUE_CODES, null]),
      }),
      room: fc.option(id),
      notification: fc.option(fc.uuid().map((incident) => `${incident}.raised` as const)),
      sort: sorted(FLEET_SORTS),
    })
    .chain(withPast);
  expectAgreement(questions, fleetParams, (query) => fleetWhole.parse(query));
});

test('the room list is requested as its route reads it', () => {
  const questions: fc.Arbitrary<RoomsQuestion> = fc
    .record({
      q: words,
      group: fc.option(id),
      status: known(LISTED_STATUSES),
      label: ids,
      condition: fc.option(fc.constantFrom(...ROOM_CONDITIONS)),
      sort: sorted(ROOM_SORTS),
    })
    .chain(withPast);
  expectAgreement(questions, roomsParams, (query) => roomsPage.parse(query).question);
});

test('the audit log is requested as its route reads it', () => {
  const filters: fc.Arbitrary<AuditFilter> = fc.record({
    subject: fc.option(id),
    targetId: fc.option(id),
    text: words,
    action: fc.option(fc.constantFrom(...AUDIT_ACTIONS)),
    outcome: fc.option(fc.constantFrom(...AUDIT_OUTCOMES)),
    from: fc.option(moment),
    to: fc.option(moment),
  });
  expectAgreement(filters, auditParams, (query) => auditWhole.parse(query));
});

test('a history is requested as its route reads it', () => {
  const views: fc.Arbitrary<HistoryView> = fc.oneof(
    fc.record({ days: fc.integer({ min: 1, max: 400 }) }),
    fc.record({ from: moment, to: moment }).map(({ from, to }) => ({
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
    })),
  );
  expectAgreement(views, historyParams, (query) => {
    const { days, from = 0, to = 0 } = historyQuestion.parse({ deviceId: '1234', ...query }).window;
    if (days !== undefined) return { days };
    return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  });
});
