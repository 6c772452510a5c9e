import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint } from './build-state.mjs';

let tree: string;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), text);
}

beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'rooms-desk-build-'));
  write('app/page.tsx', 'one');
  write('package-lock.json', '{}');
});
afterEach(() => rmSync(tree, { recursive: true, force: true }));

test('a change of anything in a build changes its fingerprint', async () => {
  const prints = [await fingerprint(tree)];
  const changes = [
    ['app/page.tsx', 'two'],
    ['lib/deep/er/new.ts', ''],
    ['public/icon.svg', ''],
    ['next.config.mjs', ''],
    ['proxy.ts', ''],
    ['package-lock.json', '{"packages":{}}'],
  ] as const;
  for (const [path, text] of changes) {
    write(path, text);
    prints.push(await fingerprint(tree));
  }
  expect(new Set(prints).size).toBe(changes.length + 1);
});

test('changes of dates, tests and documents do not', async () => {
  const before = await fingerprint(tree);
  utimesSync(join(tree, 'app/page.tsx'), 1, 1);
  write('lib/some.test.ts', 'x');
  write('README.md', 'x');
  write('vitest.config.ts', 'x');
  expect(await fingerprint(tree)).toBe(before);
});

test('a renamed file changes it', async () => {
  write('lib/a.ts', 'same');
  const before = await fingerprint(tree);
  rmSync(join(tree, 'lib/a.ts'));
  write('lib/b.ts', 'same');
  expect(await fingerprint(tree)).not.toBe(before);
});
