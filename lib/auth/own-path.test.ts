import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { ownPath } from './own-path.ts';

const HOME = 'https://desk.example.com';

describe('the address after signing in', () => {
  test.each([
    ['/devices/1234', '/devices/1234'],
    [`${HOME}/devices/1234?tab=raw#x`, '/devices/1234?tab=raw#x'],
    ['/sign-in', '/'],
    ['/sign-in?callbackUrl=/sign-in', '/'],
    ['/api/auth/signout', '/'],
    ['/sign-inside', '/sign-inside'],
    [undefined, '/'],
    ['', '/'],
    ['https://evil.example/', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['\\\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    // No slashes: to a browser that is a path of the same site.
    ['https:evil.example', '/evil.example'],
    ['https://desk.example.com@evil.example/', '/'],
    ['https://desk.example.com.evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    [`${HOME}//evil.example`, '/'],
    ['http://desk.example.com/', '/'],
  ])('%j leads to %s', (target, path) => {
    expect(ownPath(target, HOME)).toBe(path);
  });

  test('is a path of Rooms Desk, whatever was requested', () => {
    const part = fc.constantFrom(
      '/',
      '\\',
      '\t',
      '\n',
      '@',
      ':',
      'evil.example',
      'https:',
      '%2f',
      '.',
      '?',
      '#',
      '\0',
      '\r',
      ' ',
      '..',
      '%5c',
      '%09',
      '//',
      '。',
      '／',
      '\u2028',
      '\ufeff',
      'javascript:',
      'data:text/html,',
      'desk.example.com',
      HOME,
    );
    const trick = fc.oneof(
      fc.array(part).map((parts) => parts.join('')),
      fc.webUrl(),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(trick, (target) => {
        const path = ownPath(target, HOME);
        expect(path.startsWith('/')).toBe(true);
        expect(new URL(path, HOME).origin).toBe(HOME);
      }),
      { numRuns: fuzzRuns(5_000) },
    );
  });
});
