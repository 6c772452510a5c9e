import { expect, test } from 'vitest';
import { whatDiffers } from './installed.mjs';

const asked = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/for-another-machine': { version: '2.0.0', integrity: 'sha512-o', optional: true },
  },
};
const a = asked.packages['node_modules/a'];

test('packages for other machines may be absent', () => {
  expect(whatDiffers(asked, { packages: { 'node_modules/a': a } })).toBeNull();
});

test('a missing, another and a surplus package are told', () => {
  expect(whatDiffers(asked, { packages: {} })).toBe('node_modules/a');
  expect(whatDiffers(asked, { packages: { 'node_modules/a': { ...a, version: '1.0.1' } } })).toBe(
    'node_modules/a',
  );
  expect(whatDiffers(asked, { packages: { 'node_modules/a': { ...a, integrity: 'sha512-b' } } })).toBe(
    'node_modules/a',
  );
  expect(whatDiffers(asked, { packages: { 'node_modules/a': a, 'node_modules/b': a } })).toBe(
    'node_modules/b',
  );
});
