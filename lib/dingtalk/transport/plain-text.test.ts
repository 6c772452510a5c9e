import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDevice } from '#lib/dingtalk/rooms/device-wire.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { plainText } from './plain-text.ts';

test.each([
  ['a\ud800b', 'a\ufffdb'],
  ['a\u0000b', 'a\ufffdb'],
  ['a\r\nb\rc', 'a\nb\nc'],
  ['西湖厅 🎥', '西湖厅 🎥'],
])('%j reads %j', (sent, read) => {
  expect(plainText(sent)).toBe(read);
});

test('no lone surrogate and no NUL reaches a page, from known and unknown fields alike', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const device = readDevice({ deviceId: '1', deviceName: text, devNew: { [text]: [text] } }, [
        { extra: text },
      ]);
      const shown = JSON.stringify(device);
      expect(shown.isWellFormed()).toBe(true);
      expect(shown).not.toMatch(/\\u0000|\\r|\\ud[89a-f]/);
    }),
    { numRuns: fuzzRuns(100) },
  );
});

test('a secret does not leak inside a new field', () => {
  const device = readDevice({ deviceId: '1', extra: { shareCode: '777777' } }, [
    { sipAccountName: 'sip777' },
  ]);
  expect(JSON.stringify(device.unknownFields)).not.toMatch(/777/);
});
