import type { Browser, Page } from '@playwright/test';
import { type Account, expect, signIn, test } from '../support/app.ts';
import { signInByRequest } from '../support/request-as.ts';
import { guardedRoutes } from '../support/routes.ts';
import { en } from '../support/texts.ts';

// Its tests end the sessions of all accounts, so no other file may share this server.
test.use({ appOptions: { own: 'account' } });

/** Another signed-in browser of a person, with an open page that receives live updates. */
async function elsewhere(browser: Browser, baseURL: string, account: Account): Promise<Page> {
  const context = await browser.newContext({ baseURL });
  await signInByRequest(context.request, account);
  const page = await context.newPage();
  const listening = page.waitForResponse('**/api/v1/live*');
  await page.goto('/rooms');
  await listening;
  return page;
}

const line = (page: Page, text: string | RegExp) =>
  page.getByRole('main').getByRole('listitem').filter({ hasText: text });

test('shows the person their own sessions and ends one of them, whose page then goes to sign-in', async ({
  page,
  browser,
  app,
}) => {
  await signIn(page, 'viewer');
  const other = await elsewhere(browser, app.url, 'viewer');
  await page.getByRole('link', { name: en.nav.yourAccount.replace('{name}', 'Demo viewer') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(en.account.title);
  await expect(page.getByRole('heading', { name: 'Your sessions (2)' })).toBeVisible();
  await expect(line(page, en.account.current)).toContainText('Chrome on Linux');
  await expect(page.getByRole('button', { name: /^End the session/ })).toHaveCount(1);

  await page.getByRole('button', { name: /^End the session/ }).click();
  await expect(page.getByRole('button', { name: en.account.endDo })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /^End the session/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByText(en.account.noOthers)).toBeVisible();
  await expect(other).toHaveURL(`${app.url}/sign-in?callbackUrl=%2Frooms`, { timeout: 8_000 });
  await page.reload();
  await expect(page.getByText(en.account.noOthers), 'this one stays').toBeVisible();
  await other.context().close();
});

test('ends all other sessions of the person at once, and those of nobody else', async ({
  page,
  browser,
  app,
  api,
}) => {
  await signInByRequest(page.request, 'viewer');
  const others = [await elsewhere(browser, app.url, 'viewer'), await elsewhere(browser, app.url, 'viewer')];
  const support = await api('support');
  await page.goto('/account');
  await page.getByRole('button', { name: en.account.endOthers }).click();
  await page.getByRole('button', { name: en.account.endOthersDo }).click();
  await expect(page.getByText(en.account.noOthers)).toBeVisible();
  for (const other of others) {
    await expect(other).toHaveURL(/\/sign-in\?/, { timeout: 8_000 });
    await other.context().close();
  }
  expect((await support.get('/api/v1/at-hand')).status()).toBe(200);
});

test('refuses to end the session of another person', async ({ api }) => {
  const [support, viewer] = [await api('support'), await api('viewer')];
  const { items } = (await (await support.get('/api/v1/sessions')).json()) as {
    items: { sessionId: string }[];
  };
  const answer = await viewer.delete(`/api/v1/sessions/${items[0]?.sessionId}`);
  expect(await answer.json()).toEqual({ ended: 0 });
  expect((await support.get('/api/v1/at-hand')).status()).toBe(200);
});

test('shows an admin who is signed in and lets them end the sessions of a person', async ({
  page,
  browser,
  app,
  enter,
}) => {
  const other = await elsewhere(browser, app.url, 'support');
  await enter('admin');
  await page.goto('/admin');
  await page.getByRole('link', { name: en.nav.adminPlaces.people }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(en.people.title);
  const support = line(page, 'Demo support');
  await expect(support).toContainText('demo:support');
  await support.getByRole('button', { name: /^End sessions:/ }).click();
  await page.getByRole('button', { name: en.people.endDo }).click();
  await expect(support).toHaveCount(0);
  await expect(other).toHaveURL(/\/sign-in\?/, { timeout: 8_000 });
  await expect(line(page, 'Demo admin')).toContainText(en.people.you);
  await other.context().close();
});

test('ends the admin’s own session too when an admin ends all sessions', async ({ page, browser, app }) => {
  await signInByRequest(page.request, 'admin');
  const other = await elsewhere(browser, app.url, 'viewer');
  await page.goto('/admin/people');
  await page.getByRole('button', { name: en.people.endEverybody }).click();
  await page.getByRole('button', { name: en.people.endEverybodyDo }).click();
  for (const each of [page, other]) await expect(each).toHaveURL(/\/sign-in\?/, { timeout: 8_000 });
  await other.context().close();
});

for (const path of ['/admin/people', '/admin/tokens']) {
  test(`${path} shows other roles only that it is for admins`, async ({ page }) => {
    await signInByRequest(page.request, 'support');
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(en.problems['not-permitted'].role.title);
    const payload = await (await page.request.get(path, { headers: { RSC: '1' } })).text();
    for (const text of [await page.content(), payload]) expect(text).not.toContain('demo:admin');
  });
}

test('ends all sessions only after an explicit confirmation', async ({ page, app }) => {
  await signInByRequest(page.request, 'admin');
  for (const search of ['', '?everybody=false', '?everybody=true&subject=demo:viewer', '?subject=']) {
    const headers = { origin: app.url };
    const answer = await page.request.delete(`/api/v1/people/sessions${search}`, { headers });
    expect(answer.status(), search).toBe(400);
  }
});

test('no page accepts an API token', async ({ page, playwright, app }) => {
  await signInByRequest(page.request, 'admin');
  const data = { name: 'x', role: 'admin', days: 1 };
  const made = await page.request.post('/api/v1/tokens', { data, headers: { origin: app.url } });
  const { value } = (await made.json()) as { value: string };
  const program = await playwright.request.newContext({
    baseURL: app.url,
    extraHTTPHeaders: { authorization: `Bearer ${value}` },
  });
  expect((await program.get('/api/v1/at-hand')).status()).toBe(200);
  for (const { path, pattern } of guardedRoutes().pages) {
    const answer = await program.get(path, { maxRedirects: 0 });
    expect(answer.status(), pattern).toBe(307);
    expect(answer.headers().location, pattern).toContain('/sign-in');
  }
  await program.dispose();
});
