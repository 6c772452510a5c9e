import type { APIRequestContext, Page } from '@playwright/test';
import { type App, expect, test } from '../support/app.ts';
import { requestsAs } from '../support/request-as.ts';
import { en } from '../support/texts.ts';

const words = en.notes;
const notes = (page: Page) => page.getByRole('region', { name: words.title });
const row = (page: Page, text: string) => notes(page).getByRole('listitem').filter({ hasText: text });
const field = (page: Page) => notes(page).getByRole('textbox', { name: words.label });
const press = (page: Page, name: string | RegExp) => notes(page).getByRole('button', { name }).click();

async function open(page: Page, path: string) {
  const listening = page.waitForResponse('**/api/v1/live*');
  await page.goto(path);
  await listening;
  await expect(page.getByRole('article')).toBeVisible();
}

/** A known device without notes, which everybody may open. */
async function freshDevice(app: App, api: (who: 'support') => Promise<APIRequestContext>) {
  const deviceId = await app.unseenDevice();
  const answer = await (await api('support')).get(`/api/v1/devices/query?deviceId=${deviceId}`);
  expect(answer.status()).toBe(200);
  return deviceId;
}

test('writes a note, shows it to a colleague at once, changes, removes and restores it', async ({
  page,
  app,
  enter,
  api,
  browser,
}) => {
  const deviceId = await freshDevice(app, api);
  await enter('support');
  await open(page, `/devices/${deviceId}`);
  await expect(notes(page)).toContainText(words.none);
  const theirs = await browser.newContext({ baseURL: app.url });
  await theirs.addCookies((await (await api('admin')).storageState()).cookies);
  const other = await theirs.newPage();
  await open(other, `/devices/${deviceId}`);

  await page.keyboard.press('n');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('Cable replaced.\nAsk reception for the key.');
  await page.keyboard.press('Control+Enter');
  await expect(row(page, 'Ask reception')).toContainText('Demo support');
  await expect(notes(page).getByRole('button', { name: words.write })).toBeFocused();
  await expect(row(other, 'Ask reception'), 'without a reload').toBeVisible();
  await expect(row(other, 'Ask reception').getByRole('button', { name: /^Edit/ })).toHaveCount(0);

  await row(page, 'Ask reception').getByRole('button', { name: /^Edit/ }).click();
  await expect(field(page)).toHaveValue('Cable replaced.\nAsk reception for the key.');
  await field(page).fill('Cable and switch replaced.');
  await press(page, words.save);
  await expect(row(page, 'Cable and switch')).toContainText('edited');
  await expect(row(other, 'Cable and switch')).toBeVisible();

  await row(page, 'Cable and switch')
    .getByRole('button', { name: /^Delete/ })
    .click();
  await expect(notes(page)).toContainText(words.removed.replace('{by}', 'Demo support'));
  await expect(row(other, 'Cable and switch')).toHaveCount(0);
  await expect(notes(page).getByRole('button', { name: words.undo })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(row(page, 'Cable and switch')).toBeVisible();
  await expect(row(other, 'Cable and switch')).toBeVisible();

  await row(other, 'Cable and switch')
    .getByRole('button', { name: /^Delete/ })
    .click();
  await expect(row(page, 'Cable and switch')).toHaveCount(0);
  const audit = await (await api('admin')).get('/api/v1/audit?action=note-removed');
  const { items } = (await audit.json()) as { items: { target: object; who: { role: string } }[] };
  expect(items[0]).toMatchObject({ target: { kind: 'device', id: deviceId }, who: { role: 'admin' } });
  await theirs.close();
});

test('keeps a note that could not be saved through errors and reloads', async ({ page, app, enter, api }) => {
  const deviceId = await freshDevice(app, api);
  await enter('support');
  await open(page, `/devices/${deviceId}`);
  await press(page, words.write);
  await page.route('**/api/v1/notes', (route) => route.abort());
  await field(page).fill('The display flickers');
  await press(page, words.save);
  await expect(notes(page).getByRole('alert')).toContainText('Your text is still here');
  await expect(field(page)).toHaveValue('The display flickers');
  await page.reload();
  await expect(field(page)).toHaveValue('The display flickers');
  await page.unroute('**/api/v1/notes');
  await press(page, words.save);
  await expect(row(page, 'The display flickers')).toBeVisible();
  await page.reload();
  await expect(row(page, 'The display flickers')).toBeVisible();
  await expect(field(page)).toHaveCount(0);

  await press(page, words.write);
  await field(page).fill('x'.repeat(2_003));
  await expect(notes(page)).toContainText('3 characters too many');
  await page.keyboard.press('Control+Enter');
  await expect(field(page), 'nothing is cut off').toHaveValue('x'.repeat(2_003));
  await press(page, words.cancel);
  await expect(notes(page).getByRole('listitem')).toHaveCount(1);
});

test('a viewer receives no notes in any response and may not write one', async ({
  page,
  app,
  enter,
  api,
}) => {
  const deviceId = await freshDevice(app, api);
  const canary = 'note canary 5a91';
  const data = { kind: 'device', key: deviceId, text: canary };
  const left = await (await api('support')).post('/api/v1/notes', { data });
  expect(left.status()).toBe(201);
  const { noteId } = (await left.json()) as { noteId: string };
  const viewer = await api('viewer');
  const about = `/api/v1/notes?kind=device&key=${deviceId}`;
  const texts: string[] = [];
  for (const [path, headers] of [
    [`/devices/${deviceId}`, {}],
    [`/devices/${deviceId}`, { RSC: '1' }],
    [`/api/v1/devices/${deviceId}`, {}],
    [`/api/v1/search?q=canary`, {}],
    [about, {}],
  ] as [string, Record<string, string>][]) {
    texts.push(await (await viewer.get(path, { headers })).text());
  }
  expect(texts.some((text) => text.includes('5a91'))).toBe(false);
  expect((await viewer.get(about)).status()).toBe(403);
  expect((await viewer.post('/api/v1/notes', { data })).status()).toBe(403);
  expect((await viewer.delete(`/api/v1/notes/${noteId}`)).status()).toBe(403);
  expect(await (await (await api('support')).get(about)).text()).toContain(canary);
  await enter('viewer');
  await open(page, `/devices/${deviceId}`);
  await expect(notes(page)).toHaveCount(0);
});

test('refuses an invalid note', async ({ app, api }) => {
  const deviceId = await freshDevice(app, api);
  const support = await api('support');
  const about = { kind: 'device', key: deviceId };
  for (const data of [
    { ...about, text: '' },
    { ...about, text: ' \n\u0000' },
    { ...about, text: 'x'.repeat(2_001) },
    { ...about, text: 'x', author: 'somebody else' },
    { kind: 'person', key: 'x', text: 'x' },
    { ...about, text: ['x'] },
  ]) {
    expect((await support.post('/api/v1/notes', { data })).status(), JSON.stringify(data)).toBe(400);
  }
  const unknown = { kind: 'room', key: 'nobody knows', text: 'x' };
  expect((await support.post('/api/v1/notes', { data: unknown })).status()).toBe(404);
  const unknownNote = '/api/v1/notes/00000000-0000-4000-8000-000000000000';
  expect((await support.delete(unknownNote)).status()).toBe(404);
  expect((await support.put(unknownNote, { data: { text: 'x' } })).status()).toBe(404);
  expect((await support.put(unknownNote, { data: { removed: true } })).status()).toBe(400);
});

test('keeps the text when the session ends while a note is written', async ({ page, app, api, context }) => {
  const deviceId = await freshDevice(app, api);
  const own = await requestsAs('support', app.url);
  await context.addCookies((await own.storageState()).cookies);
  await open(page, `/devices/${deviceId}`);
  await press(page, words.write);
  await field(page).fill('Half a thou');
  const { items } = (await (await own.get('/api/v1/sessions')).json()) as {
    items: { sessionId: string; current: boolean }[];
  };
  await own.delete(`/api/v1/sessions/${items.find(({ current }) => current)?.sessionId}`);
  await own.dispose();
  await page.waitForURL(/\/sign-in/, { timeout: 15_000 });
  await page.getByRole('button', { name: /Support/ }).click();
  await expect(page).toHaveURL(new RegExp(`/devices/${deviceId}$`));
  await expect(field(page)).toHaveValue('Half a thou');
});
