import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTimings, timingLines, writeTimings } from './timings.mjs';

test('a phase is measured whether it succeeds or fails', async () => {
  const timings = createTimings();
  expect(await timings.phase('Build', async () => 7)).toBe(7);
  await expect(
    timings.phase('Types', async () => {
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(timings.all().phases.map(({ name }) => name)).toEqual(['Build', 'Types']);
});

test('the summary names every phase, the sum and the ten slowest files, slowest first', () => {
  const files = Array.from({ length: 12 }, (_, at) => ({ file: `file-${at}`, ms: (12 - at) * 1_000 }));
  const lines = timingLines({ phases: [{ name: 'Build', ms: 19_040 }], files });
  expect(lines).toContain('    19.0 s  Build');
  expect(lines).toContain('    19.0 s  all');
  expect(lines.filter((line) => line.includes('file-'))).toHaveLength(10);
  expect(lines.at(-10)).toBe('    12.0 s  file-0');
});

test('the figures are written as JSON', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rooms-desk-timings-'));
  const path = join(folder, 'deeper', 'timings.json');
  const timings = { phases: [{ name: 'Build', ms: 1 }], files: [] };
  writeTimings(timings, path);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(timings);
  rmSync(folder, { recursive: true });
});
