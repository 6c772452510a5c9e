import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const DOCS = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'THREAT_MODEL.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    .sort(),
].filter((doc) => existsSync(doc));
const TOP = ['app', 'components', 'lib', 'public', 'e2e', 'bench', 'scripts', '.ci', 'deploy', 'docs'];
const FILE = /\.(tsx?|mjs|json|css|md|ya?ml|svg|sql|sh)$/;

/** What stands in backticks and reads as a place in this project. */
function placesNamed(text: string): string[] {
  const quoted = [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(
    (match) => match[1] ?? '',
  );
  return quoted.map((name) => name.replace(/^\.\//, '').replace(/:\d+$/, '')).filter(isPlace);
}

function isPlace(name: string): boolean {
  if (!/^[\w.@[\]()/-]+$/.test(name) || name.includes('...') || /^\.\w+$/.test(name)) return false;
  return name.includes('/') ? TOP.includes(name.split('/')[0] ?? '') : FILE.test(name);
}

/** A bare file name may stand for a file anywhere; a path is exact. */
function exists(name: string, files: Set<string>): boolean {
  if (existsSync(name)) return true;
  return !name.includes('/') && [...files].some((file) => basename(file) === name);
}

/** Every file that is or would be under version control. */
function projectFiles(): Set<string> {
  const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  return new Set(list.split('\n').filter((path) => path !== '' && existsSync(path)));
}

test.each(DOCS)('%s names only what is there', (doc) => {
  const files = projectFiles();
  expect(placesNamed(readFileSync(doc, 'utf8')).filter((name) => !exists(name, files))).toEqual([]);
});

test.each(DOCS)('%s links only to what is there', (doc) => {
  const links = [...readFileSync(doc, 'utf8').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(
    (match) => match[1] ?? '',
  );
  const local = links.filter((link) => !/^[a-z]+:/.test(link));
  expect(local.filter((link) => !existsSync(join(dirname(doc), link)))).toEqual([]);
});

test.each(DOCS)('%s names only commands that there are', (doc) => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const named = [...readFileSync(doc, 'utf8').matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? '');
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('a place is told from other words in backticks', () => {
  const text =
    'See `lib/gone.ts`, `./scripts/commands/demo.mjs`, `npm test`, `and/or`, `application/json`, `biome.json`, `.tsx`, `GET /api`.';
  expect(placesNamed(text)).toEqual(['lib/gone.ts', 'scripts/commands/demo.mjs', 'biome.json']);
});

test('no file is a drawer for what has no name', () => {
  const drawers = /^(utils?|helpers?|misc|common|shared|index)\.(ts|tsx|mjs|js)$/;
  expect([...projectFiles()].filter((path) => drawers.test(basename(path)))).toEqual([]);
});
