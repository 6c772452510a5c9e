import { type APIRequestContext, test as base, expect, type Page } from '@playwright/test';
import { type PostgresServer, startPostgres } from '../../lib/testing/databases/postgres-server.ts';
import { type App, type AppOptions, openApp } from './app-process.ts';
import { describedOnly } from './described-answers.ts';
import { type Account, requestsAs } from './request-as.ts';
import { shiftDates } from './shifted-dates.ts';

export type { Account, App };

type WorkerFixtures = {
  appOptions: AppOptions;
  app: App;
  /** Requests of an account without a browser, signed in once for each worker. */
  api: (account: Account) => Promise<APIRequestContext>;
  /** A new, empty database on a real PostgreSQL, which each worker starts at most once. */
  newDatabase: () => Promise<string>;
};

type Fixtures = {
  /** Signs this test's browser in without the sign-in page; tests of sign-in use the page. */
  enter: (account: Account) => Promise<void>;
  cleanSimulator: undefined;
};

export const test = base.extend<Fixtures, WorkerFixtures>({
  browser: [
    async ({ browser }, use) => {
      shiftDates(browser);
      await use(browser);
    },
    { scope: 'worker' },
  ],
  appOptions: [{}, { option: true, scope: 'worker' }],
  app: [
    async ({ appOptions }, use) => {
      const { app, close } = await openApp(appOptions);
      await use(app);
      await close();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  api: [
    async ({ app }, use) => {
      const signedIn = new Map<Account, Promise<APIRequestContext>>();
      await use((account) => {
        const known = signedIn.get(account) ?? requestsAs(account, app.url);
        signedIn.set(account, known);
        return known;
      });
      for (const each of signedIn.values()) await (await each).dispose();
    },
    { scope: 'worker' },
  ],
  newDatabase: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern.
    async ({}, use) => {
      let server: Promise<PostgresServer> | undefined;
      await use(async () => {
        server ??= startPostgres();
        return (await server).newDatabase();
      });
      await (await server)?.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ app }, use) => use(app.url),
  request: async ({ request }, use) => use(describedOnly(request)),
  enter: async ({ api, context }, use) => {
    await use(async (account) => {
      const { cookies } = await (await api(account)).storageState();
      await context.addCookies(cookies);
    });
  },
  /** After each test, the simulator has no fault and no call in flight. */
  cleanSimulator: [
    async ({ app, appOptions }, use) => {
      await use(undefined);
      await app.simulator.control('DELETE', '/faults');
      // A server with jobs calls all the time; its tests do not count calls.
      if (appOptions.env?.INSTANCE_ROLE) return;
      // When this later request is answered, the server has started the requests that the test left behind.
      await fetch(`${app.url}/api/health/ready`).catch(() => undefined);
      const after = await app.simulator.control('POST', '/calls/settle');
      expect(after, 'calls to DingTalk end with their test').toEqual({ settled: true, inFlight: 0 });
    },
    { auto: true },
  ],
  /**
   * A test fails when its pages violate their content security policy. Tests without a page open no browser context.
   */
  context: async ({ context }, use) => {
    const violations: string[] = [];
    context.on('console', (message) => {
      if (/content security policy/i.test(message.text())) violations.push(message.text());
    });
    await use(context);
    expect(violations, 'violations of the content security policy').toEqual([]);
  },
});

export { expect };

/** Signs in as a demo account with the button. */
export async function signIn(page: Page, account: Account): Promise<void> {
  await page.goto('/');
  const button = page.getByRole('button', { name: new RegExp(account, 'i') });
  await button.click();
  await expect(button).toBeHidden();
}

/** Signs in through the simulator, following the redirects without a browser. */
export async function signInAtDingTalk(request: APIRequestContext, unionId: string): Promise<void> {
  const { csrfToken } = (await (await request.get('/api/auth/csrf')).json()) as { csrfToken: string };
  const form = { csrfToken, callbackUrl: '/' };
  const sentTo = await request.post('/api/auth/signin/dingtalk', { form, maxRedirects: 0 });
  const choice = new URL(sentTo.headers().location ?? '');
  choice.pathname += '/choose';
  choice.searchParams.set('person', unionId);
  const landed = await request.get(choice.href);
  expect(new URL(landed.url()).pathname, 'signed in and back at Rooms Desk').toBe('/');
}

/**
 * Removes a browser's session. The page is left first, because an open page would detect it and go to sign-in during
 * the test.
 */
export async function loseSession(page: Page): Promise<void> {
  await page.goto('about:blank');
  await page.context().clearCookies();
}
