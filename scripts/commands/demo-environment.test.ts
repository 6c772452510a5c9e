import { describe, expect, test } from 'vitest';
import { secretFilesOf } from '#lib/config/config.ts';
import { withLowerCase } from '#lib/config/egress-environment.ts';
import { backupEnvironment, environment } from '#lib/config/environment.ts';
import { demoEnvironment } from './demo-environment.mjs';

/** Settings that reach nothing outside of the demo: how often, how fast and how much is logged. */
const HARMLESS = new Set([
  'DINGTALK_MONTHLY_CALLS',
  'DINGTALK_MONTHLY_EVENTS',
  'DINGTALK_QPS',
  'INSTANCE_ROLE',
  'FRESH_FOR_SECONDS',
  'LOG_LEVEL',
  'QUESTIONS_PER_MINUTE',
  'SEARCHES_PER_MINUTE',
  'SIGN_INS_PER_MINUTE',
]);

const ALL = [
  ...new Set([...Object.keys(environment.in.shape), ...Object.keys(backupEnvironment.in.shape)]),
].sort();

const demo: Record<string, string | undefined> = demoEnvironment({
  port: 3000,
  simulatorOrigin: 'http://127.0.0.1:4000',
  dataDir: '.data/demo',
  secret: 's'.repeat(32),
});

describe('the settings of a demo', () => {
  test.each(ALL.filter((name) => !HARMLESS.has(name)))('replace %s of a real server', (name) => {
    expect(demo).toHaveProperty(name);
  });

  test.each(ALL.filter((name) => secretFilesOf({ [`${name}_FILE`]: 'given' }).includes('given')))(
    'replace %s of a real server where a file holds it',
    (name) => {
      expect(demo).toHaveProperty(`${name}_FILE`, '');
    },
  );

  test('leave no spelling in lower case', () => {
    const lower = ALL.map((name) => name.toLowerCase());
    for (const name of lower.filter((each) => withLowerCase({ [each]: 'x' }, [])[each.toUpperCase()] === 'x'))
      expect(demo).toHaveProperty(name, '');
  });
});
