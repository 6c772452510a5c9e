import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DOCUMENTED_ROOM } from '#lib/dingtalk/testing/documented-room.ts';
import { type GoodAnswer, judgeAnswer } from '#lib/dingtalk/transport/http-answer.ts';
import { AppError } from '#lib/domain/errors.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { readGroupsAnswer, readRoomAnswer, readRoomPage } from './room-answers.ts';

const RUNS = fuzzRuns(800);

/** What a reader answers, or null for the one kind of error it may throw; anything else fails the test. */
function readOrRefuse<T>(text: string, reader: (answer: GoodAnswer) => T): T | null {
  try {
    return reader(judgeAnswer({ status: 200, requestId: null, body: { text } }));
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code !== 'internal') return null;
    throw thrown;
  }
}

const names = fc.oneof(
  fc.constantFrom(...Object.keys(DOCUMENTED_ROOM), 'groupId', 'parentId', '__proto__', 'constructor'),
  fc.string({ unit: 'binary' }),
);
const values = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.constantFrom('', null, 0, -1, 1e308, '9'.repeat(400), [[]], [null], {}, true, { groupId: [0] }),
);
const changes = fc.array(fc.tuple(names, values), { maxLength: 6 });
const mutated = changes.map((pairs) => Object.fromEntries([...Object.entries(DOCUMENTED_ROOM), ...pairs]));

test('no mutated room makes a reader throw anything but its own errors, and no row is lost silently', () => {
  let answered = 0;
  const envelope = fc.record({ hasMore: values, nextToken: values }, { requiredKeys: [] });
  fc.assert(
    fc.property(fc.array(fc.oneof(mutated, values), { maxLength: 4 }), envelope, (rows, around) => {
      const page = readOrRefuse(JSON.stringify({ ...around, result: rows }), (one) => readRoomPage(one, 'x'));
      if (!page) return;
      answered += 1;
      expect(page.rooms.length + page.unreadable).toBe(rows.length);
      expect(page.rooms.every(({ id }) => typeof id === 'string' && id !== '')).toBe(true);
      expect(page.nextToken === null || page.nextToken.length > 0).toBe(true);
    }),
    { numRuns: RUNS },
  );
  // About one in eight is answered.
  expect(answered).toBeGreaterThan(RUNS / 20);
});

test('no mutated detail does either, and a device ID is read or kept', () => {
  fc.assert(
    fc.property(mutated, fc.array(values, { maxLength: 5 }), (room, ids) => {
      const read = readOrRefuse(JSON.stringify({ result: { ...room, deviceUnionIds: ids } }), readRoomAnswer);
      if (!read) return;
      expect(() => JSON.stringify(read)).not.toThrow();
      const { deviceUnionIds, unknownFields } = read.room;
      const there = (JSON.parse(JSON.stringify(ids)) as unknown[]).map((id, at) => ({ id, at }));
      const scalar = ({ id }: { id: unknown }) => typeof id !== 'object' && id !== '';
      expect(deviceUnionIds?.length ?? 0).toBeLessThanOrEqual(there.filter(scalar).length);
      for (const { id, at } of there) {
        const kept = Object.hasOwn(unknownFields, `deviceUnionIds[${at}]`);
        expect([at, kept]).toEqual([at, typeof id === 'object' && id !== null]);
      }
    }),
    { numRuns: RUNS },
  );
});

test('no mutated groups do either', () => {
  const row = fc.tuple(names, values, names, values).map(([a, x, b, y]) => ({ groupId: 1, [a]: x, [b]: y }));
  fc.assert(
    fc.property(fc.array(row, { maxLength: 4 }), (rows) => {
      const groups = readOrRefuse(JSON.stringify({ result: rows }), readGroupsAnswer);
      for (const { id, parentId } of groups ?? []) expect([id, parentId]).not.toContain('0');
    }),
    { numRuns: RUNS },
  );
});
