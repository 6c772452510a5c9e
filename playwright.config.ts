import { defineConfig } from '@playwright/test';

/** Set by scripts/toolchain/browser.mjs; without it Playwright looks for its own. */
const executablePath = process.env.CHROMIUM || undefined;

/** Chromium does not start with the library that moves the clock of everything else in `npm run calendar`. */
const { LD_PRELOAD: _, ...browserEnvironment } = process.env;

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  timeout: 120_000,
  // Two cores carry servers, databases and browsers at once; what is asked is whether, never how fast.
  expect: { timeout: 15_000 },
  workers: 2,
  // A second try is recorded and reported as flaky. It will fail the run once five runs have shown that none is needed.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  use: {
    locale: 'en-US',
    actionTimeout: 15_000,
    // Recording every test costs more than it explains; a second try is recorded, without screenshots.
    trace: { mode: 'on-first-retry', screenshots: false },
  },
  projects: [
    // Tests that only send requests; scripts/toolchain/topics.test.ts checks that none of them asks for a browser.
    { name: 'http', testMatch: '**/*.http.spec.ts' },
    {
      name: 'browser',
      testIgnore: '**/*.http.spec.ts',
      use: {
        browserName: 'chromium',
        launchOptions: {
          executablePath,
          env: browserEnvironment as Record<string, string>,
          args: [
            '--no-sandbox',
            '--disable-dev-shm-usage',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
            '--no-first-run',
          ],
        },
      },
    },
  ],
});
