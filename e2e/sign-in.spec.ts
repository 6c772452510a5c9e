import type { Page } from '@playwright/test';
import { expect, signIn, test } from './desk.ts';
import { en } from './words.ts';

const demo = (page: Page, account: RegExp) =>
  page.getByRole('region', { name: en.signIn.demo }).getByRole('button', { name: account });

test('a deep link survives signing in from a cold browser', async ({ page, desk }) => {
  await page.goto('/devices/1234');
  await expect(page).toHaveURL(/\/sign-in\?/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(en.signIn.title);
  await expect(page.getByText(en.signIn.back.replace('{path}', '/devices/1234'))).toBeVisible();

  await demo(page, /Support/).click();
  await expect(page).toHaveURL(`${desk.url}/devices/1234`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('DingTalk Meeting Device_xxxx');
});

for (const account of ['viewer', 'support', 'admin'] as const) {
  test(`says who is signed in as ${account}, and signs out for good`, async ({ page, context, desk }) => {
    await signIn(page, account);
    await expect(page).toHaveURL(`${desk.url}/`);
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
    await page.goto('/');
    await expect(page).toHaveURL(/\/sign-in/);
  });
}

test('whoever is signed in already goes on from the sign-in page at once', async ({ page, enter, desk }) => {
  await enter('viewer');
  await page.goto('/sign-in?callbackUrl=%2Fdevices%2F1234');
  await expect(page).toHaveURL(`${desk.url}/devices/1234`);
});

test('a session cookie that was altered is no session', async ({ page, context, enter }) => {
  await enter('viewer');
  const [session] = (await context.cookies()).filter(({ name }) => name.endsWith('session'));
  if (!session) throw new Error('no session');
  const [header = '', claims = '', signature = ''] = session.value.split('.');
  const told = JSON.parse(Buffer.from(claims, 'base64url').toString()) as object;
  const forged = Buffer.from(JSON.stringify({ ...told, sub: 'demo:admin' })).toString('base64url');
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  for (const value of [`${header}.${forged}.${signature}`, `${none}.${forged}.`, 'x', '']) {
    await context.addCookies([{ ...session, value }]);
    const response = await page.request.get('/api/v1/devices/query?deviceId=1234');
    expect(response.status(), value).toBe(401);
  }
});

test('doors that the configuration does not open are shut', async ({ page, playwright, desk }) => {
  await page.goto('/sign-in?error=oidc-issuer');
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(en.signIn.errors.other);
  const request = await playwright.request.newContext({ baseURL: desk.url });
  const { csrfToken } = (await (await request.get('/api/auth/csrf')).json()) as { csrfToken: string };
  for (const door of ['callback/dingtalk-in-app', 'signin/oidc', 'callback/oidc']) {
    const form = { csrfToken, code: 'x', callbackUrl: '/' };
    await request.post(`/api/auth/${door}`, { form, maxRedirects: 0 });
    expect((await request.get('/api/v1/devices/query?deviceId=1234')).status(), door).toBe(401);
  }
  await request.dispose();
});

test('an unknown trouble in the address chooses no text of its own', async ({ page }) => {
  await page.goto('/sign-in?error=%3Cscript%3Ealert(1)%3C%2Fscript%3E');
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(en.signIn.errors.other);
});

test.describe('ways to be led off the desk', () => {
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

  test('none of them works on the way in', async ({ playwright, desk }) => {
    for (const callbackUrl of TRICKS) {
      const request = await playwright.request.newContext({ baseURL: desk.url });
      const { csrfToken } = (await (await request.get('/api/auth/csrf')).json()) as { csrfToken: string };
      const form = { csrfToken, account: 'viewer', callbackUrl };
      const response = await request.post('/api/auth/callback/demo', { form, maxRedirects: 0 });
      const location = new URL(response.headers().location ?? '', desk.url);
      expect(location.origin, callbackUrl).toBe(desk.url);
      expect(location.pathname, callbackUrl).not.toMatch(/^\/[/\\]/);
      await request.dispose();
    }
  });

  test('none of them works for somebody who is signed in already', async ({ api, desk }) => {
    const request = await api('viewer');
    for (const callbackUrl of TRICKS) {
      const search = new URLSearchParams({ callbackUrl });
      const response = await request.get(`/sign-in?${search}`, { maxRedirects: 0 });
      expect(response.status(), callbackUrl).toBe(307);
      const location = response.headers().location ?? '';
      expect(new URL(location, desk.url).origin, callbackUrl).toBe(desk.url);
    }
  });

  test('the sign-in page leads nowhere else in a browser', async ({ page, desk }) => {
    for (const callbackUrl of ['https://evil.example', '//evil.example', '/\\evil.example']) {
      await page.context().clearCookies();
      await page.goto(`/sign-in?${new URLSearchParams({ callbackUrl })}`);
      await expect(page.getByText('evil.example')).toHaveCount(0);
      await demo(page, /Viewer/).click();
      await expect(page).toHaveURL(`${desk.url}/`);
    }
  });
});
