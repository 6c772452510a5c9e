import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ZodType } from 'zod';
import { secretFilesOf } from '#lib/config/config.ts';
import { backupEnvironment, environment } from '#lib/config/environment.ts';
import { CREDENTIALS, ROUTE_POLICY } from '#lib/domain/access/route-policy.ts';
import { ERROR_REASONS, ERROR_STATUS, type ErrorCode } from '#lib/domain/errors.ts';
import { projectFiles } from './project-files.mjs';

const DOCS = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'THREAT_MODEL.md',
  'CHANGELOG.md',
  'bench/README.md',
  'e2e/simulator/README.md',
  ...globSync('docs/**/*.md'),
];
const TOP = ['app', 'components', 'lib', 'public', 'e2e', 'bench', 'scripts', '.ci', 'deploy', 'docs'];
const FILE = /\.(tsx?|mjs|json|css|md|ya?ml|svg|sql|sh)$/;

/** Names in backticks that look like a path in this project. */
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

/** A bare file name may be anywhere; a path is exact. */
function exists(name: string, files: Set<string>): boolean {
  if (existsSync(name)) return true;
  return !name.includes('/') && [...files].some((file) => basename(file) === name);
}

const files = new Set(projectFiles());

test.each(DOCS)('%s names only existing files', (doc) => {
  expect(placesNamed(readFileSync(doc, 'utf8')).filter((name) => !exists(name, files))).toEqual([]);
});

test.each(DOCS)('%s links only to existing files', (doc) => {
  const links = [...readFileSync(doc, 'utf8').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(
    (match) => match[1] ?? '',
  );
  const local = links.filter((link) => !/^[a-z]+:/.test(link));
  expect(local.filter((link) => !existsSync(join(dirname(doc), link)))).toEqual([]);
});

test.each(DOCS)('%s names only existing commands', (doc) => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const text = readFileSync(doc, 'utf8');
  const named = [...text.matchAll(/\bnpm (?:run |(?=start\b|test\b|stop\b|restart\b))([\w:-]+)/g)];
  const files = [...text.matchAll(/\bnode ((?:scripts|bench|e2e)\/[\w./-]+)/g)].map(
    (match) => match[1] ?? '',
  );
  expect(named.map((match) => match[1] ?? '').filter((name) => !(name in scripts))).toEqual([]);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});

/** The anchors of a document as Markdown renderers make them of its headings. */
const anchorsOf = (text: string) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

test.each(DOCS)('%s links only to headings that exist', (doc) => {
  const links = [...readFileSync(doc, 'utf8').matchAll(/\]\(([\w./-]*)#([^)]+)\)/g)];
  const missing = links.filter(([, path = '', anchor = '']) => {
    const target = path === '' ? doc : join(dirname(doc), path);
    return !anchorsOf(readFileSync(target, 'utf8')).includes(anchor);
  });
  expect(missing.map(([link]) => link)).toEqual([]);
});

describe('docs/configuration.md', () => {
  /** Rows of settings have four cells, of which the first names one or more. */
  const rows = readFileSync('docs/configuration.md', 'utf8')
    .split('\n')
    .map((line) => line.split(' | '))
    .filter((cells) => cells.length === 4);
  const listed = rows.flatMap(([cell = '']) =>
    [...cell.matchAll(/`([A-Z_]+)`( \(secret\))?/g)].map(([, name = '', secret]) => ({
      name,
      secret: !!secret,
    })),
  );
  const settings = [
    ...new Set([...Object.keys(environment.in.shape), ...Object.keys(backupEnvironment.in.shape)]),
  ];

  test('lists every setting once', () => {
    const names = listed.map(({ name }) => name);
    expect(settings.filter((name) => names.filter((each) => each === name).length !== 1)).toEqual([]);
  });

  test('lists no setting that does not exist', () => {
    const others = ['HOSTNAME', 'NODE_EXTRA_CA_CERTS'];
    expect(listed.map(({ name }) => name).filter((name) => ![...settings, ...others].includes(name))).toEqual(
      [],
    );
  });

  test('gives each setting the default that it has', () => {
    const schemas: Record<string, ZodType> = { ...backupEnvironment.in.shape, ...environment.in.shape };
    const wrong = rows.flatMap(([cell = '', , , last = '']) => {
      const [, said] = /^`([\w. ]+)` \|$/.exec(last) ?? [];
      const expected = last.startsWith('required') ? undefined : said;
      if (expected === undefined && !last.startsWith('required')) return [];
      const names = [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, name = '']) => name);
      return names.filter((name) => {
        const { success, data } = schemas[name]?.safeParse(undefined) ?? { success: false };
        return expected === undefined ? success : String(data) !== expected;
      });
    });
    expect(wrong).toEqual([]);
  });

  test('marks the settings that a file can hold as secret', () => {
    const isSecret = (name: string) => secretFilesOf({ [`${name}_FILE`]: 'given' }).includes('given');
    expect(listed.filter(({ name, secret }) => secret !== isSecret(name)).map(({ name }) => name)).toEqual(
      [],
    );
  });
});

describe('docs/api.md', () => {
  const text = readFileSync('docs/api.md', 'utf8');
  /** Methods and paths in the first cell of a table row, such as "`PUT`, `DELETE /api/v1/pins`". */
  const listed = text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => {
      const cell = line.split(' | ')[0] ?? '';
      const [path] = cell.match(/\/api\/[\w./{}-]*/) ?? [''];
      const methods = cell.match(/\b(GET|POST|PUT|DELETE)\b/g) ?? [];
      return methods.map((method) => `${method} ${path.replaceAll('{', '[').replaceAll('}', ']')}`);
    })
    .filter((name) => name.includes('/api/'));

  test('lists every route, and none that does not exist', () => {
    const open = listed.filter((name) => (name.split(' ')[1] ?? '') in CREDENTIALS);
    expect([...new Set(listed)].filter((name) => !open.includes(name)).sort()).toEqual(
      Object.keys(ROUTE_POLICY).sort(),
    );
  });

  test.each(Object.entries(ERROR_STATUS))('lists the status and the reasons of %s', (code, status) => {
    const row = text.split('\n').find((line) => line.startsWith(`| \`${code}\` | ${status} | `)) ?? '';
    const reasons = [...(row.split(' | ')[2] ?? '').matchAll(/`([\w-]+)`/g)].map(([, reason]) => reason);
    expect(reasons.sort()).toEqual([...ERROR_REASONS[code as ErrorCode]].sort());
  });
});

test('distinguishes names of files from other words in backticks', () => {
  const text =
    'See `lib/gone.ts`, `./scripts/commands/demo.mjs`, `npm test`, `and/or`, `application/json`, `biome.json`, `.tsx`, `GET /api`.';
  expect(placesNamed(text)).toEqual(['lib/gone.ts', 'scripts/commands/demo.mjs', 'biome.json']);
});

test('no file name is a catch-all', () => {
  const drawers = /^(utils?|helpers?|misc|common|shared|index)\.(ts|tsx|mjs|js)$/;
  expect([...files].filter((path) => drawers.test(basename(path)))).toEqual([]);
});
