import type { APIRequestContext } from '@playwright/test';
import { expect, signIn, test } from '../support/app.ts';
import { guardedRoutes } from '../support/routes.ts';
import { en, problemTexts } from '../support/texts.ts';

const QUERY = '/api/v1/devices/query?deviceId=1234';

/** A program's request, as curl would make it: no cookie, no origin. */
const ask = (url: string, value: string, init: RequestInit = {}) =>
  fetch(url, { ...init, headers: { authorization: `Bearer ${value}`, ...init.headers } });

async function make(admin: APIRequestContext, role: 'viewer' | 'support' | 'admin', days = 1) {
  const answer = await admin.post('/api/v1/tokens', { data: { name: `For ${role}`, role, days } });
  expect(answer.status()).toBe(201);
  return (await answer.json()) as { value: string; token: { tokenId: string } };
}

test('creates a token, shows it once, shows its use, and revokes it', async ({ page, app, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn(page, 'admin');
  await page.goto('/admin/tokens');
  const main = page.getByRole('main');
  await main.getByLabel(en.tokens.name).fill('Nightly report');
  await main.getByLabel(en.tokens.role).selectOption('support');
  await main.getByLabel(en.tokens.days).fill('30');
  await main.getByRole('button', { name: en.tokens.makeDo }).click();
  await expect(main.getByRole('button', { name: en.tokens.newCopy })).toBeFocused();
  await page.keyboard.press('Enter');
  const value = await page.evaluate(() => navigator.clipboard.readText());
  expect(value).toMatch(/^rd_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/);
  await expect(main.locator('[data-token]')).toHaveText(value);
  const line = main.getByRole('listitem').filter({ hasText: 'Nightly report' });
  await expect(line).toContainText(en.tokens.neverUsed);

  const answer = await ask(app.url + QUERY, value);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ device: { deviceId: '1234' } });

  await main.getByRole('button', { name: en.tokens.newDone }).click();
  await page.reload();
  await expect(line).toContainText('last used');
  expect(await page.content()).not.toContain(value.slice(16));
  await line.getByRole('button', { name: /^Revoke the token/ }).click();
  await main.getByRole('button', { name: en.tokens.revokeDo }).click();
  await expect(line).toContainText(en.tokens.revoked);
  const refused = await ask(app.url + QUERY, value);
  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toContain('invalid_token');
  expect(await refused.json()).toMatchObject({ code: 'signed-out', ...problemTexts('signed-out.token') });
});

test('refuses an invalid token with its own message, also beside a valid cookie', async ({ app, api }) => {
  const admin = await api('admin');
  const { value } = await make(admin, 'support');
  const { cookies } = await admin.storageState();
  const cookie = cookies.map((each) => `${each.name}=${each.value}`).join('; ');
  const last = value.endsWith('0') ? '1' : '0';
  for (const bad of [`${value.slice(0, -1)}${last}`, value.toLowerCase(), 'rd_x', '', 'a.b.c']) {
    const answer = await ask(app.url + QUERY, bad, { headers: { cookie } });
    expect(answer.status, bad).toBe(401);
    expect(await answer.json()).toMatchObject({ reason: 'signed-out.token' });
  }
  // A password that a proxy in front requested is not meant for Rooms Desk.
  const basic = { authorization: 'Basic eDp5', cookie };
  expect((await fetch(app.url + QUERY, { headers: basic })).status).toBe(200);
});

test('audits an invalid token, merges repeated attempts into one entry, and stores its value nowhere', async ({
  app,
  api,
}) => {
  const admin = await api('admin');
  const { value, token } = await make(admin, 'viewer');
  expect((await admin.delete(`/api/v1/tokens/${token.tokenId}`)).ok()).toBe(true);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    expect((await ask(app.url + QUERY, value)).status).toBe(401);
  }
  const answer = await admin.get(`/api/v1/audit?action=token-refused&target=${token.tokenId}`);
  const text = await answer.text();
  expect(JSON.parse(text)).toMatchObject({
    total: 1,
    items: [{ outcome: 'refused', about: 'revoked', who: { subject: null }, address: '127.0.0.1' }],
  });
  expect(text).not.toContain(value.slice(17, 60));
});

test('a token acts with its own role, whatever the cookie beside it may do', async ({ app, api }) => {
  const [viewer, support] = [
    await make(await api('admin'), 'viewer'),
    await make(await api('admin'), 'support'),
  ];
  const { cookies } = await (await api('admin')).storageState();
  const cookie = cookies.map((each) => `${each.name}=${each.value}`).join('; ');
  const insist = `${QUERY}&fresh=true`;
  const refused = await ask(app.url + insist, viewer.value, { headers: { cookie } });
  expect(await refused.json()).toMatchObject({ reason: 'not-permitted.live-question' });
  expect((await ask(app.url + insist, support.value)).status).toBe(200);
});

test('a token may write without an Origin header and from any origin', async ({ app, api }) => {
  const { value } = await make(await api('admin'), 'support');
  const body = JSON.stringify({ q: '1234' });
  const headers = { 'content-type': 'application/json' };
  const origins: Record<string, string>[] = [{}, { origin: 'https://elsewhere.example' }];
  for (const origin of origins) {
    const answer = await ask(`${app.url}/api/v1/search`, value, {
      method: 'POST',
      body,
      headers: { ...headers, ...origin },
    });
    expect(answer.status).toBe(200);
  }
});

test('no token signs in, ends a session or creates another token', async ({ app, api }) => {
  const { value, token } = await make(await api('admin'), 'admin');
  const closed = guardedRoutes().apis.filter(({ pattern }) => /\/(sessions|people|tokens)\b/.test(pattern));
  expect(closed.length).toBeGreaterThan(6);
  for (const { method, path, pattern } of closed) {
    const answer = await ask(app.url + path, value, { method });
    expect(answer.status, `${method} ${pattern}`).toBe(403);
    expect(await answer.json()).toMatchObject({
      reason: 'not-permitted.token',
      ...problemTexts('not-permitted.token'),
    });
  }
  await ask(`${app.url}/api/v1/tokens/${token.tokenId}`, value, { method: 'DELETE' });
  expect((await ask(app.url + QUERY, value)).status, 'it is still good').toBe(200);
});

test('revoking a token ends its event streams', async ({ app, api }) => {
  const admin = await api('admin');
  const { value, token } = await make(admin, 'viewer');
  const stream = await ask(`${app.url}/api/v1/live`, value);
  expect(stream.status).toBe(200);
  const streamText = stream.text();
  expect((await admin.delete(`/api/v1/tokens/${token.tokenId}`)).status()).toBe(204);
  let isOpen = true;
  void streamText.finally(() => {
    isOpen = false;
  });
  await expect.poll(() => isOpen, 'the stream is open').toBe(false);
});

test('refuses a token without a name, a role or an end', async ({ api }) => {
  const admin = await api('admin');
  const good = { name: 'x', role: 'viewer', days: 1 };
  for (const wrong of [
    ...[
      { name: ' ' },
      { name: 'x'.repeat(81) },
      { role: 'owner' },
      { days: 0 },
      { days: 366 },
      { days: 1.5 },
    ],
    ...[{ days: '1' }, { subject: 'demo:admin' }],
  ]) {
    const answer = await admin.post('/api/v1/tokens', { data: { ...good, ...wrong } });
    expect(answer.status(), JSON.stringify(wrong)).toBe(400);
  }
});
