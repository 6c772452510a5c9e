import { type APIRequestContext, request } from '@playwright/test';
import { type Desk, expect, test } from './desk.ts';
import { en, zh } from './words.ts';

// A third of these sign-ins may fail within ten minutes.
const ENV = { SIGN_INS_PER_MINUTE: '9', TRUSTED_PROXIES: '127.0.0.1', DINGTALK_IN_APP: 'on' };
const MAY_FAIL = 3;

test.use({ deskOptions: { env: ENV } });

/** A browser without pages at an address of its own, which a proxy speaks for. */
const browserAt = (desk: Desk, address: string) =>
  request.newContext({ baseURL: desk.url, extraHTTPHeaders: { 'X-Forwarded-For': address } });

const csrfOf = async (browser: APIRequestContext) =>
  ((await (await browser.get('/api/auth/csrf')).json()) as { csrfToken: string }).csrfToken;

/** Begins a sign-in at DingTalk; answers the state that comes back with its code. */
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

const callsOf = async (desk: Desk) =>
  (await desk.simulator.control<{ total: number }>('GET', '/calls')).total;

async function refusalsOf(api: (account: 'admin') => Promise<APIRequestContext>, address: string) {
  const said = await (await api('admin')).get('/api/v1/audit?action=sign-in-refused&limit=100');
  const { items } = (await said.json()) as { items: { address: string; about: string }[] };
  return items.filter((each) => each.address === address).map(({ about }) => about);
}

test('150 bad codes of DingTalk’s client make few calls and few entries, and others sign in', async ({
  desk,
  api,
}) => {
  const browser = await browserAt(desk, '192.0.2.1');
  const csrfToken = await csrfOf(browser);
  await desk.simulator.control('DELETE', '/calls');
  const statuses = await Promise.all(
    Array.from({ length: 150 }, async (_, at) => {
      const form = { csrfToken, code: `bad-code-${at}`, callbackUrl: '/' };
      const said = await browser.post('/api/auth/callback/dingtalk-in-app', { form, maxRedirects: 0 });
      return said.status();
    }),
  );
  expect(statuses.filter((status) => status !== 429)).toHaveLength(MAY_FAIL);
  // An access token of the app may come with them.
  expect(await callsOf(desk)).toBeLessThanOrEqual(MAY_FAIL + 1);
  const refusals = await refusalsOf(api, '192.0.2.1');
  expect(new Set(refusals).size, 'equal refusals are one entry').toBe(refusals.length);
  expect(refusals).toContain('too-many-questions.sign-ins');
  await browser.dispose();
});

test('one state lets one code in, also when its cookie is kept and sent again', async ({ desk, api }) => {
  const browser = await browserAt(desk, '192.0.2.2');
  const state = await begin(browser);
  const { cookies } = await browser.storageState();
  const kept = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const script = await browserAt(desk, '192.0.2.2');
  await desk.simulator.control('DELETE', '/calls');
  const first = await bring(script, 'bad-code', state, kept);
  expect(first.headers().location).toContain('error=code-refused');
  const second = await bring(script, 'bad-code', state, kept);
  expect(second.headers().location).toContain('error=state-used');
  expect(await callsOf(desk)).toBe(1);
  expect(await refusalsOf(api, '192.0.2.2')).toEqual(['state-used', 'code-refused']);
  await browser.dispose();
  await script.dispose();
});

test('starts are limited too', async ({ desk }) => {
  const browser = await browserAt(desk, '192.0.2.3');
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
  test(`the sign-in page says in ${locale} that there were too many and when to try again`, async ({
    browser,
    desk,
  }) => {
    const address = locale === 'en' ? '192.0.2.4' : '192.0.2.5';
    const context = await browser.newContext({
      ...{ baseURL: desk.url, locale: locale === 'en' ? 'en-GB' : 'zh-CN' },
      extraHTTPHeaders: { 'X-Forwarded-For': address },
    });
    const page = await context.newPage();
    for (let at = 0; at < MAY_FAIL; at++)
      await page.request.get('/api/auth/callback/dingtalk?code=x&state=y');
    const refused = await page.request.get('/api/auth/callback/dingtalk?code=x&state=y', { maxRedirects: 0 });
    expect(refused.status(), 'of a program').toBe(429);
    const wait = Number(refused.headers()['retry-after']);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(600);
    await page.goto('/api/auth/callback/dingtalk?code=x&state=y');
    await expect(page).toHaveURL(/\/sign-in\?/);
    const [before = ''] = words.signIn.errors['too-many'].split(' {minutes');
    const alert = page.getByRole('main').getByRole('alert');
    await expect(alert).toContainText(before.split('{')[0] ?? before);
    await expect(alert).toContainText(/\b10\b|\b9\b/);
    await context.close();
  });
}
