import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventFrame, systemFrame } from '#lib/dingtalk/testing/stream-scene.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { readFrame } from './stream-frame.ts';

const RUNS = fuzzRuns(6_000);

const documented = [eventFrame('a'), systemFrame('ping', { opaque: 'x' }), systemFrame('disconnect')];
const names = fc.oneof(
  fc.constantFrom('type', 'headers', 'header', 'data', '__proto__'),
  fc.string({ unit: 'binary' }),
);
const changes = fc.dictionary(names, fc.jsonValue(), { maxKeys: 4 });
const mutated = fc
  .tuple(fc.constantFrom(...documented), changes, changes)
  .map(([frame, outer, inner]) =>
    JSON.stringify({ ...frame, headers: { ...frame.headers, ...inner }, ...outer }),
  );

test('no frame, whatever its bytes, makes the reader throw, and an event always has an id, a type and a body', () => {
  const kinds = new Set<string | undefined>();
  const bytes = fc.oneof(
    mutated.map((text) => Buffer.from(text)),
    fc.tuple(mutated, fc.nat()).map(([text, at]) => Buffer.from(text).subarray(0, at % text.length)),
    fc.uint8Array(),
    fc.json().map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(bytes, (frame) => {
      const read = readFrame(frame);
      kinds.add(read?.kind);
      if (read?.kind !== 'event') return;
      const { eventId, type, bornAt, body } = read.event;
      expect(eventId.length * type.length).toBeGreaterThan(0);
      expect(bornAt === null || bornAt > 0).toBe(true);
      expect(Object.prototype.toString.call(body)).toBe('[object Object]');
    }),
    { numRuns: RUNS },
  );
  expect(kinds).toEqual(new Set(['event', 'ping', 'leave', 'note', 'other', undefined]));
});
