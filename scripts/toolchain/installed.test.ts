import { expect, test } from 'vitest';
import { whatDiffers } from './installed.mjs';

const asked = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/for-another-machine': { version: '2.0.0', integrity: 'sha512-o', optional: true },
    'node_modules/for-tests': { version: '3.0.0', integrity: 'sha512-t', dev: true },
  },
};
const a = asked.packages['node_modules/a'];
const tests = asked.packages['node_modules/for-tests'];
const complete = { 'node_modules/a': a, 'node_modules/for-tests': tests };

test('packages for other machines may be absent', () => {
  expect(whatDiffers(asked, { packages: complete }, 'develop')).toBeNull();
});

test.each(['run', 'develop'] as const)('finds a missing, another and a surplus package, to %s', (purpose) => {
  const without = { 'node_modules/for-tests': tests };
  const differs = (packages: typeof asked.packages | Record<string, typeof a>) =>
    whatDiffers(asked, { packages }, purpose);
  expect(differs(without)).toBe('node_modules/a');
  expect(differs({ ...complete, 'node_modules/a': { ...a, version: '1.0.1' } })).toBe('node_modules/a');
  expect(differs({ ...complete, 'node_modules/a': { ...a, integrity: 'sha512-b' } })).toBe('node_modules/a');
  expect(differs({ ...complete, 'node_modules/b': a })).toBe('node_modules/b');
});

test.each([
  ['absent', { 'node_modules/a': a }],
  ['of another version', { ...complete, 'node_modules/for-tests': { ...tests, version: '3.0.1' } }],
  ['not asked for any more', { ...complete, 'node_modules/b': { ...a, dev: true } }],
])('packages for development may be %s to run, and not to develop', (_, packages) => {
  expect(whatDiffers(asked, { packages }, 'run')).toBeNull();
  expect(whatDiffers(asked, { packages }, 'develop')).not.toBeNull();
});
