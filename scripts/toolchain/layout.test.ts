import { expect, test } from 'vitest';
import { projectFiles } from './project-files.mjs';

const MOST_FILES = 25;
const ROOTS = ['app', 'components', 'e2e', 'lib', 'scripts'];

/** Folders with too many source files at one level; tests are not counted. */
function crowdedFolders(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) {
    if (!/\.(mjs|tsx?)$/.test(name) || /\.(test|spec)\.ts$/.test(name)) continue;
    const folder = name.slice(0, name.lastIndexOf('/'));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count > MOST_FILES).map(([folder]) => folder);
}

test(`no folder has more than ${MOST_FILES} source files at one level`, () => {
  const names = projectFiles().filter((name) => ROOTS.includes(name.split('/')[0] ?? ''));
  expect(names.length).toBeGreaterThan(1_000);
  expect(crowdedFolders(names)).toEqual([]);
});

test('finds a crowded folder, without counting its tests', () => {
  const files = (count: number, suffix: string) =>
    Array.from({ length: count }, (_, at) => `lib/a/file-${at}${suffix}`);
  expect(crowdedFolders([...files(25, '.ts'), ...files(25, '.test.ts')])).toEqual([]);
  expect(crowdedFolders([...files(25, '.ts'), 'lib/a/one-more.tsx', 'lib/b.ts'])).toEqual(['lib/a']);
});
