import type { Page } from '@playwright/test';
import { expect, loseSession, signIn, test } from '../support/app.ts';
import { signInByRequest } from '../support/request-as.ts';
import { en } from '../support/texts.ts';

const demo = (page: Page, account: RegExp) =>
  page.getByRole('region', { name: en.signIn.demo }).getByRole('button', { name: account });

test('a deep link survives signing in with a new browser', async ({ page, app }) => {
  await page.goto('/devices/1234');
  await expect(page).toHaveURL(/\/sign-in\?/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(en.signIn.title);
  await expect(page.getByText(en.signIn.back.replace('{path}', '/devices/1234'))).toBeVisible();

  await demo(page, /Support/).click();
  await expect(page).toHaveURL(`${app.url}/devices/1234`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('DingTalk Meeting Device_xxxx');
});

for (const account of ['viewer', 'support', 'admin'] as const) {
  test(`shows who is signed in as ${account}, and ends the session at sign-out`, async ({
    page,
    context,
    app,
  }) => {
    await signIn(page, account);
    await expect(page).toHaveURL(`${app.url}/`);
    await expect(page.getByTitle(`Signed in as Demo ${account}, ${account}`).first()).toBeVisible();
    const kept = await context.cookies();
    expect(kept.find(({ name }) => name.endsWith('session'))).toMatchObject({
      httpOnly: true,
      sameSite: 'Lax',
    });

    await page.getByRole('button', { name: en.nav.signOut }).click();
    await expect(page).toHaveURL(/\/sign-in(\?|$)/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(en.signIn.title);
    expect((await context.cookies()).filter(({ name }) => name.endsWith('session'))).toEqual([]);
    await page.goBack();
    // The earlier page goes to sign-in.
    await expect(page).toHaveURL(/\/sign-in/);
    await page.goto('/');
    await expect(page).toHaveURL(/\/sign-in/);
  });
}

test('the sign-in page forwards a person who is already signed in', async ({ page, enter, app }) => {
  await enter('viewer');
  await page.goto('/sign-in?callbackUrl=%2Fdevices%2F1234');
  await expect(page).toHaveURL(`${app.url}/devices/1234`);
});

test('refuses an altered session cookie', async ({ page, context, enter }) => {
  await enter('viewer');
  const [session] = (await context.cookies()).filter(({ name }) => name.endsWith('session'));
  if (!session) throw new Error('no session');
  // The cookie contains no data about its owner that could be changed.
  expect(session.value).toMatch(/^[A-Za-z0-9_-]{43}$/);
  const turned = (at: number) =>
    session.value.slice(0, at) + (session.value[at] === 'A' ? 'B' : 'A') + session.value.slice(at + 1);
  const claims = Buffer.from(JSON.stringify({ sub: 'demo:admin', name: 'x' })).toString('base64url');
  const signedKind = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`;
  const { items } = (await (await page.request.get('/api/v1/sessions')).json()) as {
    items: { sessionId: string }[];
  };
  const shown = items[0]?.sessionId ?? 'none';
  for (const value of [turned(0), turned(20), turned(42), `${session.value}A`, shown, signedKind, 'x', '']) {
    await context.addCookies([{ ...session, value }]);
    const response = await page.request.get('/api/v1/devices/query?deviceId=1234');
    expect(response.status(), value).toBe(401);
  }
});

test('signing in again creates another session and ends the one before', async ({ page, context, app }) => {
  const secret = async () =>
    (await context.cookies()).find(({ name }) => name.endsWith('session'))?.value ?? '';
  const planted = 'A'.repeat(43);
  await context.addCookies([{ name: 'rooms-desk.session', value: planted, url: app.url }]);
  await signIn(page, 'viewer');
  const first = await secret();
  expect(first).not.toBe(planted);
  await signInByRequest(page.request, 'viewer');
  const second = await secret();
  expect(second).not.toBe(first);
  const headers = { cookie: `rooms-desk.session=${first}` };
  const answer = await fetch(new URL('/api/v1/at-hand', page.url()), { headers });
  expect(answer.status).toBe(401);
});

test('signing out ends the session also for a kept copy of its cookie', async ({ page, context, app }) => {
  await signIn(page, 'viewer');
  const kept = await context.cookies();
  const left = page.waitForResponse('**/api/auth/signout');
  await page.getByRole('button', { name: en.nav.signOut }).click();
  expect((await (await left).allHeaders())['clear-site-data']).toBe('"cache", "storage"');
  await expect(page).toHaveURL(/\/sign-in(\?|$)/);
  const refused = await page.request.post('/api/auth/signout', { form: { csrfToken: 'none' } });
  expect(refused.headers()['clear-site-data'], 'of a sign-out that was not the person’s own').toBeUndefined();
  await context.addCookies(kept);
  const answer = await page.request.get(`${app.url}/api/v1/at-hand`);
  expect(answer.status()).toBe(401);
});

test('sign-out cannot be pressed before the page can send it', async ({ page }) => {
  await signInByRequest(page.request, 'viewer');
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto('/', { waitUntil: 'commit' });
  const signOut = page.getByRole('button', { name: en.nav.signOut });
  await expect(signOut).toBeDisabled();
  release();
  await signOut.click();
  await expect(page).toHaveURL(/\/sign-in(\?|$)/);
});

test('refuses providers that the configuration does not enable', async ({ page, playwright, app }) => {
  await page.goto('/sign-in?error=oidc-issuer');
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(en.signIn.errors.other);
  const request = await playwright.request.newContext({ baseURL: app.url });
  const { csrfToken } = (await (await request.get('/api/auth/csrf')).json()) as { csrfToken: string };
  for (const transport of ['callback/dingtalk-in-app', 'signin/oidc', 'callback/oidc']) {
    const form = { csrfToken, code: 'x', callbackUrl: '/' };
    await request.post(`/api/auth/${transport}`, { form, maxRedirects: 0 });
    expect((await request.get('/api/v1/devices/query?deviceId=1234')).status(), transport).toBe(401);
  }
  await request.dispose();
});

test('an unknown error code in the address selects no text of its own', async ({ page }) => {
  await page.goto('/sign-in?error=%3Cscript%3Ealert(1)%3C%2Fscript%3E');
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(en.signIn.errors.other);
});

test.describe('redirects to other sites', () => {
  const TRICKS = [
    'https://evil.example',
    'https://evil.example/devices/1234',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/%2f/evil.example',
    'https:evil.example',
    'http://localhost@evil.example',
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    '/.//evil.example',
    '/x/..//evil.example',
    ' https://evil.example',
    '/\n/evil.example',
  ];

  test('are refused while signing in', async ({ playwright, app }) => {
    for (const callbackUrl of TRICKS) {
      const request = await playwright.request.newContext({ baseURL: app.url });
      const { csrfToken } = (await (await request.get('/api/auth/csrf')).json()) as { csrfToken: string };
      const form = { csrfToken, account: 'viewer', callbackUrl };
      const response = await request.post('/api/auth/callback/demo', { form, maxRedirects: 0 });
      const location = new URL(response.headers().location ?? '', app.url);
      expect(location.origin, callbackUrl).toBe(app.url);
      expect(location.pathname, callbackUrl).not.toMatch(/^\/[/\\]/);
      await request.dispose();
    }
  });

  test('are refused for a person who is already signed in', async ({ api, app }) => {
    const request = await api('viewer');
    for (const callbackUrl of TRICKS) {
      const search = new URLSearchParams({ callbackUrl });
      const response = await request.get(`/sign-in?${search}`, { maxRedirects: 0 });
      expect(response.status(), callbackUrl).toBe(307);
      const location = response.headers().location ?? '';
      expect(new URL(location, app.url).origin, callbackUrl).toBe(app.url);
    }
  });

  test('are refused by the sign-in page in a browser', async ({ page, app }) => {
    for (const callbackUrl of ['https://evil.example', '//evil.example', '/\\evil.example']) {
      await loseSession(page);
      await page.goto(`/sign-in?${new URLSearchParams({ callbackUrl })}`);
      await expect(page.getByText('evil.example')).toHaveCount(0);
      await demo(page, /Viewer/).click();
      await expect(page).toHaveURL(`${app.url}/`);
    }
  });
});
