import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inRoot } from '../toolchain/places.mjs';
import { OTHER_CHECKS } from './other-checks.mjs';

const NAMED = OTHER_CHECKS.map(({ path, check, instead }) => ({ path, check, instead }));

describe('the checks that `npm run mutants` removes by name', () => {
  test.each(NAMED)('$path still has $check', ({ path, check, instead }) => {
    const source = readFileSync(inRoot(path), 'utf8');
    expect(source).toContain(check);
    expect(
      source.replace(check, () => instead),
      'the file without it',
    ).not.toBe(source);
  });

  test('each is named once', () => {
    const names = NAMED.map(({ path, check }) => `${path} ${check}`);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});
