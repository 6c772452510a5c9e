import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { devicePath, whyNotAnId } from '#lib/domain/devices/device-ref.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { readIdentifier } from './identifier.ts';

const HOME = 'https://desk.example.com';
const read = (text: string) => readIdentifier(text, HOME);

describe('the meaning of a pasted text', () => {
  test.each([
    ['1234', 'deviceId', '1234'],
    ['  1234\n', 'deviceId', '1234'],
    ['"1234"', 'deviceId', '1234'],
    ['设备：1234。', null, null],
    ['「1234」', 'deviceId', '1234'],
    ['\u200b1234\u202c', 'deviceId', '1234'],
    ['lPHhSZDLXXXXXXpBlC9lxLwiEiE', 'unionId', 'lPHhSZDLXXXXXXpBlC9lxLwiEiE'],
    ['lmvUxxxxx', 'unionId', 'lmvUxxxxx'],
    [`${HOME}/devices/1234`, 'deviceId', '1234'],
    [`<${HOME}/devices/1234?tab=raw#x>`, 'deviceId', '1234'],
    [`${HOME}/devices/union/lmvUxxxxx/`, 'unionId', 'lmvUxxxxx'],
    ['/devices/1234', 'deviceId', '1234'],
    [`${HOME}/devices/a%2Bb`, 'deviceId', 'a+b'],
  ])('%j is read as %s %s', (text, by, id) => {
    const found = read(text);
    if (by === null) expect(found).toHaveProperty('problem');
    else expect(found).toEqual({ ref: { by, id } });
  });

  test.each([
    ['', 'empty'],
    ['  \n', 'empty'],
    ['a'.repeat(10_000), 'length'],
    ['../../etc/passwd', 'characters'],
    ['12 34', 'characters'],
    ['1234\u0000', 'characters'],
    ['https://elsewhere.example/devices/1234', 'foreign-link'],
    [`${HOME}/rooms/1234`, 'foreign-link'],
    [`${HOME}/devices/%E0%A4%A`, 'foreign-link'],
    [`${HOME}/devices/..%2F..%2Fx`, 'characters'],
    ['https://desk.example.com.evil.example/devices/1234', 'foreign-link'],
  ])('%j is refused because of %s', (text, problem) => {
    expect(read(text)).toEqual({ problem });
  });

  test('any text is read or refused with a reason, and what is read is safe to send', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.string()), (text) => {
        const found = read(text);
        if ('problem' in found) return;
        expect(whyNotAnId(found.ref.id)).toBeNull();
        expect(found.ref.id).not.toMatch(/[\s/\\?#%]/);
      }),
      { numRuns: fuzzRuns(3_000) },
    );
  });

  test('the address of any ID leads back to it', () => {
    const id = fc
      .stringMatching(/^[A-Za-z0-9][A-Za-z0-9_+=.-]{0,40}$/)
      .filter((text) => whyNotAnId(text) === null);
    fc.assert(
      fc.property(id, fc.constantFrom('deviceId' as const, 'unionId' as const), (name, by) => {
        expect(read(HOME + devicePath({ by, id: name }))).toEqual({ ref: { by, id: name } });
      }),
      { numRuns: fuzzRuns(100) },
    );
  });
});
