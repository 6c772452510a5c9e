import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { ApiRouteName, RouteTopic } from '#lib/api/routes.ts';
import { curlExample } from './example.ts';
import { describeOperation } from './operation.ts';

const SERVER = 'https://rooms.example.com';

function exampleOf(name: ApiRouteName, topic: RouteTopic) {
  const [method = '', path = ''] = name.toLowerCase().split(' ');
  return curlExample(SERVER, method, path, describeOperation(name, topic, {}));
}

/** The words that a shell makes of a command. */
const textsOf = (command: string) =>
  execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }; ${command}`], { encoding: 'utf8' })
    .trimEnd()
    .split('\n');

test('a read has a token and the required parameters', () => {
  expect(textsOf(exampleOf('GET /api/v1/devices/query', 'devices'))).toEqual([
    '-H',
    'Authorization: Bearer {token}',
    `${SERVER}/api/v1/devices/query?deviceId=1234`,
  ]);
});

test('a write for sessions only has a cookie, an origin and a body with every required member', () => {
  const words = textsOf(exampleOf('POST /api/v1/tokens', 'access'));
  expect(words).toContain('Cookie: {session cookie}');
  expect(words).toContain(`Origin: ${SERVER}`);
  const body = JSON.parse(words[words.indexOf('-d') + 1] ?? '');
  expect(body).toEqual({ name: '{name}', role: 'viewer', days: 1 });
});

test('an open route needs neither', () => {
  expect(textsOf(exampleOf('GET /api/health/live', 'open'))).toEqual([`${SERVER}/api/health/live`]);
});
