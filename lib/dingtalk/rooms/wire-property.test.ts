import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DOCUMENTED_SAMPLE } from '#lib/dingtalk/testing/documented-sample.ts';
import { judgeAnswer } from '#lib/dingtalk/transport/http-answer.ts';
import { AppError } from '#lib/domain/errors.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { readDeviceAnswer } from './wire.ts';

const RUNS = fuzzRuns(1_500);

const read = (text: string) =>
  readDeviceAnswer(judgeAnswer({ status: 200, requestId: null, body: { text } }));

/** What the reader answers, or null for the one kind of error it may throw; anything else fails the test. */
function readOrRefuse(text: string) {
  try {
    return read(text);
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code !== 'internal') return null;
    throw thrown;
  }
}

const sample = JSON.parse(DOCUMENTED_SAMPLE) as { result: Record<string, unknown> };
const names = fc.oneof(
  fc.constantFrom(...Object.keys(sample.result), '__proto__', 'constructor', 'errcode', 'status', 'result'),
  fc.string({ unit: 'binary' }),
);
const values = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.constantFrom('', null, 0, -1, 8.64e15, 1e308, '9'.repeat(400), [[]], [null], {}, true),
);
const changes = fc.array(fc.tuple(names, values), { maxLength: 6 });
const removals = fc.array(fc.constantFrom(...Object.keys(sample.result)), { maxLength: 6 });

/** The sample with fields replaced, added and removed, in the device and in its controller. */
const mutated = fc.tuple(changes, removals, changes).map(([device, removed, controller]) => {
  const left = Object.entries(sample.result).filter(([name]) => !removed.includes(name));
  const panels = sample.result.controllers as Record<string, unknown>[];
  const panel = Object.fromEntries([...Object.entries(panels[0] ?? {}), ...controller]);
  const result = Object.fromEntries([
    ...left,
    ...(removed.includes('controllers') ? [] : [['controllers', [panel]]]),
    ...device,
  ]);
  return JSON.stringify({ result });
});

test('no mutated answer makes the reader throw anything but its own errors', () => {
  let answered = 0;
  fc.assert(
    fc.property(mutated, (text) => {
      const read = readOrRefuse(text);
      if (!read) return;
      answered += 1;
      expect(() => JSON.stringify(read)).not.toThrow();
      expect(typeof (read.device.deviceId ?? read.device.unionId)).toBe('string');
    }),
    { numRuns: RUNS },
  );
  expect(answered).toBeGreaterThan(RUNS / 2);
});

test('no cut or damaged text does either', () => {
  const spot = fc.nat({ max: DOCUMENTED_SAMPLE.length });
  fc.assert(
    fc.property(spot, spot, fc.string({ unit: 'binary', maxLength: 8 }), (from, to, noise) => {
      readOrRefuse(DOCUMENTED_SAMPLE.slice(0, from) + noise + DOCUMENTED_SAMPLE.slice(to));
    }),
    { numRuns: RUNS },
  );
});

test('every field is either read, kept, or a secret', () => {
  const texts = ['deviceName', 'deviceModel', 'deviceSn', 'softwareVersion', 'devCamera', 'corpId'];
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.jsonValue(), (name, value) => {
      const { device } = read(JSON.stringify({ result: { deviceId: '1', [name]: value } }));
      const isThere = value !== null && value !== '';
      const wasRead = JSON.stringify({ ...device, unknownFields: {} }) !== EMPTY;
      const wasKept = Object.hasOwn(device.unknownFields, name);
      expect([wasRead, wasKept]).toEqual(
        isThere ? [typeof value !== 'object', typeof value === 'object'] : [false, false],
      );
    }),
    { numRuns: fuzzRuns(1_000) },
  );
});

const EMPTY = JSON.stringify(read('{"result":{"deviceId":"1"}}').device);
