import { defineConfig } from 'vitest/config';

// `react-server` is the condition under which `server-only` is a no-op, as it is inside Next's server. `import` is left
// out: Node is told these too, and would hand a package that asks with `require` the other half of what it needs.
const conditions = ['react-server', 'node', 'module'];

export default defineConfig({
  resolve: {
    conditions,
    // As in next.config.mjs: messages come compiled.
    alias: { 'use-intl/format-message': 'use-intl/format-message/format-only' },
  },
  ssr: { noExternal: ['use-intl'], resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['lib/**/*.test.ts', 'e2e/simulator/**/*.test.ts', 'scripts/**/*.test.ts'],
    environment: 'node',
    globalSetup: ['lib/testing/test-run-setup.ts'],
    // Limits for what hangs. A busy machine must not make a behaviour fail.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000, interval: 20 } },
    maxWorkers: 2,
    server: { deps: { inline: ['use-intl'] } },
  },
});
