import { globSync, readFileSync } from 'node:fs';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

// `react-server` is the condition under which `server-only` is a no-op, as it is inside Next's server. `import` is left
// out: Node is told these too, and would hand a package that asks with `require` the other half of what it needs.
const conditions = ['react-server', 'node', 'module'];

const FILES = ['lib/**/*.test.ts', 'e2e/simulator/**/*.test.ts', 'scripts/**/*.test.ts'];
/** Starts a process, a database or a simulator. */
const HEAVY =
  /testing\/(app|engines|instance|simulator-process|shared-postgres)\b|openSqliteStore|child_process|\.\/tester\b|start-simulator/;
const HEAVY_NAME = /\.(slow|contract)\.test\.ts$/;

/**
 * `unit` is what `npm run verify` runs; `service` starts servers and databases. The files of a worker share its modules,
 * which saves a third of the time, but for those that replace a module.
 */
type Project = 'unit' | 'service' | 'isolated';
const projectOf = (file: string): Project => {
  const source = readFileSync(file, 'utf8');
  if (/\bvi\.(do)?mock\(/i.test(source)) return 'isolated';
  return HEAVY.test(source) || HEAVY_NAME.test(file) ? 'service' : 'unit';
};
const files = Object.groupBy(globSync(FILES), projectOf);
const projects = (['unit', 'service', 'isolated'] as const).map(
  (name): TestProjectInlineConfiguration => ({
    extends: true,
    test: { name, include: files[name] ?? [], isolate: name === 'isolated' },
  }),
);

export default defineConfig({
  resolve: {
    conditions,
    // As in next.config.mjs: messages come compiled.
    alias: { 'use-intl/format-message': 'use-intl/format-message/format-only' },
  },
  ssr: { noExternal: ['use-intl'], resolve: { conditions, externalConditions: conditions } },
  test: {
    projects,
    environment: 'node',
    globalSetup: ['lib/testing/test-run-setup.ts'],
    // Limits for what hangs. A busy machine must not make a behaviour fail.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000, interval: 20 } },
    maxWorkers: 4,
    server: { deps: { inline: ['use-intl'] } },
  },
});
