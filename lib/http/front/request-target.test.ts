import { posix } from 'node:path';
import fc from 'fast-check';
import { parseUrl } from 'next/dist/shared/lib/router/utils/parse-url.js';
import { normalizeRepeatedSlashes } from 'next/dist/shared/lib/utils.js';
import { describe, expect, test } from 'vitest';
import { devicePath } from '#lib/domain/devices/device-ref.ts';
import { roomPath } from '#lib/domain/rooms/room.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { isPlainTarget, pathOf } from './request-target.ts';

describe('a request target', () => {
  test.each([
    'http://evil.test/sign-in',
    '//evil.test/sign-in',
    'evil.test:443',
    '*',
    '',
    '/api/health/../auth/signin/dingtalk',
    '/api/health/../v1/devices',
    '/api/../sign-in',
    '/api/health/%2e%2e/auth/signin/dingtalk',
    '/api/health/%2E./auth/signin/dingtalk',
    '/api/health/%252e%252e/auth/signin/dingtalk',
    '/api/health/%25252e%25252e/auth/signin/dingtalk',
    '/api/health/%2%65%2%65/auth',
    '/devices/./1234',
    '/devices/..%2f..%2fetc%2fpasswd',
    '/devices/%2e%2e%5c%2e%2e',
    '/devices/..',
    '/devices/12%0034',
    '/devices/1234%0d%0aX-Evil:%201',
    '/devices/12%2500',
    '/api\\v1\\devices',
    '/api%5Cv1/devices',
    '/api%2Fv1%2Fdevices',
    '/api%252Fv1',
    '/%61pi/v1/devices',
    '/api/v1/%64evices',
    '/api//v1/devices',
    '/_next/data/build/api/v1/devices.json',
    '/devices#fragment',
    '/devices?q=1#fragment',
    '/devices/"<>|^`{}',
    '/devices/会议',
    `/devices/%${'25'.repeat(5)}41`,
  ])('is refused as %j', (target) => expect(isPlainTarget(target)).toBe(false));

  test.each([
    '/',
    '/?q=a//b/../c%2e%2e\\',
    '/devices/',
    '/devices/1234?days=30',
    '/devices/lmv_U+x=y-z.0',
    '/devices/a%2Fb%5Cc',
    '/devices/100%25',
    '/devices/%ff',
    '/devices/%E0%A4%A',
    '/rooms/%E4%BC%9A%E8%AE%AE%20%2F%201',
    '/devices/..hidden/...',
    '/_next/static/chunks/%5Broot-of-the-server%5D__0~a.js',
    '/.well-known/security.txt',
    '/api/v1/devices?issue=(any)&q=%2e%2e%2f',
  ])('is accepted as %j', (target) => expect(isPlainTarget(target)).toBe(true));

  test('is accepted for every device and room that Rooms Desk links to', () => {
    const name = fc.string({
      unit: fc.constantFrom('a', 'Z', '7', '会', ' ', '/', '+', '=', '"', "'", '#', '?', '~'),
    });
    fc.assert(
      fc.property(name, fc.boolean(), (middle, isUnion) => {
        const id = `x${middle}`;
        expect(isPlainTarget(devicePath({ by: isUnion ? 'unionId' : 'deviceId', id }))).toBe(true);
        expect(isPlainTarget(roomPath(id))).toBe(true);
      }),
      { numRuns: fuzzRuns(1_000) },
    );
  });
});

const PIECES = [
  ...[
    '/',
    '//',
    '\\',
    '.',
    '..',
    '...',
    '%',
    '%2',
    '%25',
    '%2e',
    '%2E',
    '%2f',
    '%5c',
    '%00',
    '%0a',
    '%09',
    '%61',
    '%c0%ae',
  ],
  ...[
    'api',
    'API',
    'health',
    'live',
    'auth',
    'v1',
    'devices',
    'rooms',
    'sign-in',
    '_next',
    'data',
    'static',
    '1234',
  ],
  ...[';', ':', '@', '&', '#', '?', ' ', '\t', '<', '|', '[', ']', '^', 'é', 'http://evil.test', 'evil.test'],
];

const spelled = fc
  .tuple(
    fc.constantFrom('/', '/', '/', '', '//', '\\', 'http://evil.test/'),
    fc.array(fc.constantFrom(...PIECES), { maxLength: 9 }),
  )
  .map(([first, rest]) => first + rest.join(''));

/** Which rules of the front server hold for a path. */
function rulesFor(path: string): string {
  return ['/api/health/', '/api/auth/', '/api/', '/_next/', '/sign-in']
    .filter((each) => path.startsWith(each))
    .join();
}

/** The paths that a server could make of one, each decoding and resolving as often as it likes. */
function readings(path: string): string[] {
  const found = new Set([path]);
  for (const each of found) {
    if (found.size > 50) break;
    found.add(posix.normalize(each));
    found.add(each.replaceAll('\\', '/'));
    try {
      found.add(decodeURIComponent(each));
    } catch {
      // What spells no text is not decoded by a server either.
    }
  }
  return [...found];
}

test('is served under exactly the path that was checked', () => {
  fc.assert(
    fc.property(spelled, (target) => {
      fc.pre(isPlainTarget(target));
      const path = pathOf(target);
      expect(parseUrl(target).pathname, 'as Next resolves it').toBe(path);
      const { origin, pathname } = new URL(target, 'http://desk.test');
      expect(origin + pathname, 'as a browser would resolve it').toBe(`http://desk.test${path}`);
      expect(normalizeRepeatedSlashes(path), 'as Next would redirect it').toBe(path);
      for (const reading of readings(path)) expect(rulesFor(reading), reading).toBe(rulesFor(path));
    }),
    { numRuns: fuzzRuns(4_000) },
  );
});
