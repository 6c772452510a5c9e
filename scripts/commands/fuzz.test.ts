import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { testFiles } from '../toolchain/topics.mjs';

const countOf = (source: string, pattern: RegExp) => source.match(pattern)?.length ?? 0;

test('every generated test takes its number of cases from fuzzRuns, so that npm run fuzz reaches it', async () => {
  const { unit } = await testFiles();
  const generated = unit
    .map((path) => ({ path, source: readFileSync(path, 'utf8') }))
    .filter(({ source }) => source.includes('fc.assert('));
  expect(generated.length).toBeGreaterThan(20);
  const wrong = generated.filter(
    ({ source }) =>
      !source.includes('fuzzRuns(') ||
      /numRuns: [\d_]+\b/.test(source) ||
      countOf(source, /\bnumRuns\b/g) < countOf(source, /\bfc\.assert\(/g),
  );
  expect(wrong.map(({ path }) => path)).toEqual([]);
});
