import { type APIRequestContext, request } from '@playwright/test';
import { type App, expect, test } from '../support/app.ts';
import { en, zh } from '../support/texts.ts';

// A third of these sign-ins may fail within ten minutes.
const ENV = { SIGN_INS_PER_MINUTE: '9', TRUSTED_PROXIES: '127.0.0.1', DINGTALK_IN_APP: 'on' };
const MAY_FAIL = 3;

test.use({ appOptions: { env: ENV } });

/** A browser without pages, with its own address that a proxy forwards. */
const browserAt = (app: App, address: string) =>
  request.newContext({ baseURL: app.url, extraHTTPHeaders: { 'X-Forwarded-For': address } });

const csrfOf = async (browser: APIRequestContext) =>
  ((await (await browser.get('/api/auth/csrf')).json()) as { csrfToken: string }).csrfToken;

/** Starts a sign-in at DingTalk. Returns the state that comes back with the code. */
async function begin(browser: APIRequestContext): Promise<string> {
  const form = { csrfToken: await csrfOf(browser), callbackUrl: '/' };
  const sentTo = await browser.post('/api/auth/signin/dingtalk', { form, maxRedirects: 0 });
  return new URL(sentTo.headers().location ?? '').searchParams.get('state') ?? '';
}

const bring = (browser: APIRequestContext, code: string, state: string, cookie?: string) =>
  browser.get(`/api/auth/callback/dingtalk?${new URLSearchParams({ code, state })}`, {
    maxRedirects: 0,
    ...(cookie && { headers: { Cookie: cookie } }),
  });

const callsOf = async (app: App) => (await app.simulator.control<{ total: number }>('GET', '/calls')).total;

async function refusalsOf(api: (account: 'admin') => Promise<APIRequestContext>, address: string) {
  const said = await (await api('admin')).get('/api/v1/audit?action=sign-in-refused&limit=100');
  const { items } = (await said.json()) as { items: { address: string; about: string }[] };
  return items.filter((each) => each.address === address).map(({ about }) => about);
}

test('150 invalid codes cause few calls and few audit entries, and other people can sign in', async ({
  app,
  api,
}) => {
  const browser = await browserAt(app, '192.0.2.1');
  const csrfToken = await csrfOf(browser);
  await app.simulator.control('DELETE', '/calls');
  const statuses = await Promise.all(
    Array.from({ length: 150 }, async (_, at) => {
      const form = { csrfToken, code: `bad-code-${at}`, callbackUrl: '/' };
      const said = await browser.post('/api/auth/callback/dingtalk-in-app', { form, maxRedirects: 0 });
      return said.status();
    }),
  );
  expect(statuses.filter((status) => status !== 429)).toHaveLength(MAY_FAIL);
  // An access token of the app may be fetched as well.
  expect(await callsOf(app)).toBeLessThanOrEqual(MAY_FAIL + 1);
  const refusals = await refusalsOf(api, '192.0.2.1');
  expect(new Set(refusals).size, 'equal refusals are one entry').toBe(refusals.length);
  expect(refusals).toContain('too-many-questions.sign-ins');
  await browser.dispose();
});

test('accepts one code for a state, also when its cookie is kept and sent again', async ({ app, api }) => {
  const browser = await browserAt(app, '192.0.2.2');
  const state = await begin(browser);
  const { cookies } = await browser.storageState();
  const kept = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const script = await browserAt(app, '192.0.2.2');
  await app.simulator.control('DELETE', '/calls');
  const first = await bring(script, 'bad-code', state, kept);
  expect(first.headers().location).toContain('error=code-refused');
  const second = await bring(script, 'bad-code', state, kept);
  expect(second.headers().location).toContain('error=state-used');
  expect(await callsOf(app)).toBe(1);
  expect(await refusalsOf(api, '192.0.2.2')).toEqual(['state-used', 'code-refused']);
  await browser.dispose();
  await script.dispose();
});

const codeOf = async (app: App) =>
  (
    await app.simulator.control<{ code: string }>('POST', '/codes', {
      unionId: 'simAdminUnionId',
      kind: 'browser',
    })
  ).code;

test('callbacks without a pending sign-in and images of another site lock nobody out', async ({
  app,
  api,
}) => {
  const [attacker, colleague] = [await browserAt(app, '192.0.2.6'), await browserAt(app, '192.0.2.6')];
  await app.simulator.control('DELETE', '/calls');
  const path = '/api/auth/callback/dingtalk?n=1';
  for (let at = 0; at < 20; at++) {
    const image = await attacker.get(path, { headers: { 'Sec-Fetch-Dest': 'image' }, maxRedirects: 0 });
    expect(image.status()).toBe(403);
  }
  const statuses: number[] = [];
  for (let at = 0; at < 40; at++) statuses.push((await attacker.get(path, { maxRedirects: 0 })).status());
  expect(statuses.filter((status) => status !== 429)).toHaveLength(9);
  expect(await callsOf(app)).toBe(0);
  const refusals = await refusalsOf(api, '192.0.2.6');
  expect(new Set(refusals).size, 'equal refusals are one entry').toBe(refusals.length);
  const signedIn = await bring(colleague, await codeOf(app), await begin(colleague));
  expect(new URL(signedIn.headers().location ?? '', app.url).pathname).toBe('/');
  expect((await colleague.get('/api/v1/devices/query?deviceId=1234')).status()).not.toBe(401);
  await attacker.dispose();
  await colleague.dispose();
});

test('does not count an outage of DingTalk as a failed sign-in', async ({ app }) => {
  const browser = await browserAt(app, '192.0.2.8');
  const fail = { path: '/v1.0/oauth2/userAccessToken', fault: 'reset' };
  await app.simulator.control('PUT', '/faults', fail);
  for (let at = 0; at <= MAY_FAIL; at++) {
    const said = await bring(browser, await codeOf(app), await begin(browser));
    expect(said.headers().location).toContain('error=dingtalk-unreachable');
  }
  await app.simulator.control('DELETE', '/faults');
  const signedIn = await bring(browser, await codeOf(app), await begin(browser));
  expect(new URL(signedIn.headers().location ?? '', app.url).pathname).toBe('/');
  await browser.dispose();
});

test('limits starts of sign-ins too', async ({ app }) => {
  const browser = await browserAt(app, '192.0.2.3');
  const form = { csrfToken: await csrfOf(browser), callbackUrl: '/' };
  const statuses: number[] = [];
  for (let at = 0; at < 12; at++) {
    const said = await browser.post('/api/auth/signin/dingtalk', { form, maxRedirects: 0 });
    statuses.push(said.status());
  }
  expect(statuses.filter((status) => status === 429)).toHaveLength(3);
  await browser.dispose();
});

for (const [locale, words] of [
  ['en', en],
  ['zh', zh],
] as const) {
  test(`the sign-in page says in ${locale} that there were too many attempts and when to try again`, async ({
    browser,
    app,
  }) => {
    const address = locale === 'en' ? '192.0.2.4' : '192.0.2.5';
    const context = await browser.newContext({
      baseURL: app.url,
      locale: locale === 'en' ? 'en-GB' : 'zh-CN',
      extraHTTPHeaders: { 'X-Forwarded-For': address },
    });
    const page = await context.newPage();
    for (let at = 0; at < MAY_FAIL; at++) await bring(page.request, 'bad-code', await begin(page.request));
    const refused = await bring(page.request, 'bad-code', await begin(page.request));
    expect(refused.status(), 'of a program').toBe(429);
    const wait = Number(refused.headers()['retry-after']);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(600);
    const state = await begin(page.request);
    await page.goto(`/api/auth/callback/dingtalk?${new URLSearchParams({ code: 'bad-code', state })}`);
    await expect(page).toHaveURL(/\/sign-in\?/);
    const [before = ''] = words.signIn.errors['too-many'].split(' {minutes');
    const alert = page.getByRole('main').getByRole('alert');
    await expect(alert).toContainText(before.split('{')[0] ?? before);
    await expect(alert).toContainText(/\b10\b|\b9\b/);
    await context.close();
  });
}
