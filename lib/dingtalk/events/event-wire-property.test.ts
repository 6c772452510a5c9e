import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  alarmEvent,
  bindEvent,
  propertyEvent,
  RECEIVED_AT,
  roomEvent,
} from '#lib/dingtalk/testing/documented-events.ts';
import { maskRaw } from '#lib/dingtalk/transport/mask-raw.ts';
import type { ReceivedEvent } from '#lib/domain/events/device-event.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { readNews } from './event-wire.ts';

const RUNS = fuzzRuns(8_000);

const documented = [bindEvent, propertyEvent, alarmEvent, roomEvent];
const names = fc.oneof(
  fc.constantFrom(...documented.flatMap(({ body }) => Object.keys(body)), '__proto__', 'constructor'),
  fc.string({ unit: 'binary' }),
);
const property = fc.record(
  {
    propertyName: fc.oneof(fc.constantFrom('dev_app_status', 'dev_code', 'dev_net_type'), fc.jsonValue()),
    propertyValue: fc.jsonValue(),
  },
  { requiredKeys: [] },
);
const values = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.array(fc.oneof(property, fc.jsonValue())),
  fc.constantFrom('', null, 0, -1, 2, '2', 8.64e15, 1e308, '9'.repeat(400), 'del', 'unbind', [[]], {}, true),
);
const bodies = fc
  .tuple(fc.constantFrom(...documented), fc.array(fc.tuple(names, values), { maxLength: 6 }))
  .map(([{ body }, changes]) => Object.fromEntries([...Object.entries(body), ...changes]));
const types = fc.oneof(
  fc.constantFrom(...documented.map(({ type }) => type), '__proto__', '_target_push', 'meetingroom_book'),
  fc.string({ unit: 'binary' }),
);
const events: fc.Arbitrary<ReceivedEvent> = fc.record({
  eventId: fc.string(),
  type: types,
  bornAt: fc.oneof(fc.constant(null), fc.double(), fc.integer({ min: 0, max: 8.64e15 })),
  body: fc.oneof(bodies, fc.object(), fc.jsonValue() as fc.Arbitrary<Record<string, unknown>>),
});

const isPlain = (text: string) => text.isWellFormed() && !text.includes('\0');

test('any event is read without throwing, with plausible times and plain texts', () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(events, (event) => {
      const news = readNews(event, RECEIVED_AT);
      kinds.add(news.kind);
      expect(Number.isSafeInteger(news.at)).toBe(true);
      expect(news.at).toBeGreaterThan(0);
      expect(news.at).toBeLessThanOrEqual(RECEIVED_AT + 300_000);
      if ('device' in news && news.device) expect(news.device.deviceId ?? news.device.unionId).toBeTruthy();
      JSON.stringify(news, (_, value) => {
        if (typeof value === 'string') expect(isPlain(value)).toBe(true);
        return value;
      });
    }),
    { numRuns: RUNS },
  );
  expect([...kinds].sort()).toEqual(['alarm', 'binding', 'properties', 'room', 'unrecognised']);
});

test('no event is shown with its cast code', () => {
  const code = 'c4st-c0de';
  const holder = fc.constantFrom<unknown>(
    { propertyName: 'dev_code', propertyValue: code },
    { shareCode: code },
    { projectionCode: [code] },
  );
  const nested = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      holder,
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie('tree'), { maxKeys: 3 }),
      tie('tree').map((inner) => JSON.stringify(inner)),
    ),
  }));
  fc.assert(
    fc.property(nested.tree, (body) => {
      expect(JSON.stringify(maskRaw(body))).not.toContain(code);
    }),
    { numRuns: fuzzRuns(600) },
  );
});
