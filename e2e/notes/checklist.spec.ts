import type { APIRequestContext, Browser, Page } from '@playwright/test';
import { type Account, type App, expect, test } from '../support/app.ts';
import { en } from '../support/texts.ts';

const words = en.checklist;

type Api = (account: Account) => Promise<APIRequestContext>;

/** An offline device that no other test uses. */
async function offlineDevice(app: App, api: Api): Promise<string> {
  const deviceId = await app.unseenDevice();
  await app.simulator.control('PATCH', `/devices/${deviceId}`, { deviceStatus: 'offline' });
  const asked = await (await api('support')).get(`/api/v1/devices/query?deviceId=${deviceId}`);
  expect(asked.status()).toBe(200);
  return deviceId;
}

const question = (page: Page, ask: string) => page.getByRole('listitem').filter({ hasText: ask });
const reported = (page: Page) => page.getByRole('region', { name: words.title });
const light = words.steps['unit-light'];
const plug = words.steps['power-plug'];

test('an answer from a phone in the room is evidence on another person’s device page', async ({
  page,
  browser,
  app,
  enter,
  api,
}) => {
  const deviceId = await offlineDevice(app, api);
  await enter('support');
  const listening = page.waitForResponse('**/api/v1/live*');
  await page.goto(`/devices/${deviceId}`);
  await expect(reported(page)).toHaveCount(0);
  await listening;

  const phone = await phoneOf(browser, (await api('viewer')).storageState());
  await phone.goto(page.url());
  await phone.getByRole('link', { name: words.open }).click();
  await expect(phone.getByRole('status').filter({ hasText: 'of' })).toContainText('0 of');
  await question(phone, light.ask).getByRole('button', { name: words.list.no, exact: true }).click();
  await expect(question(phone, light.ask)).toContainText(light.help);
  await question(phone, plug.ask).getByRole('button', { name: words.list.unclear, exact: true }).click();
  await expect(phone.getByRole('status').filter({ hasText: 'of' })).toContainText('2 of');

  const evidence = reported(page).getByRole('listitem');
  await expect(evidence).toHaveCount(2);
  await expect(evidence.filter({ hasText: light.said })).toContainText(
    new RegExp(`${light.said}: ${words.answers.no}.*reported on site by .* (just now|\\d+ s ago)`),
  );

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.keyboard.press('s');
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toContain(`- ${light.said}: ${words.answers.no} (reported on site by`);

  await question(phone, light.ask).getByRole('button', { name: words.list.undo }).click();
  await question(phone, plug.ask).getByRole('button', { name: words.list.undo }).click();
  await expect(reported(page)).toHaveCount(0);
  await expect(phone.getByRole('status').filter({ hasText: 'of' })).toContainText('0 of');
  await phone.context().close();
});

test('every answer is large enough for a thumb, and nothing is wider than the phone', async ({
  browser,
  app,
  api,
}) => {
  const deviceId = await offlineDevice(app, api);
  const phone = await phoneOf(browser, (await api('viewer')).storageState());
  await phone.goto(`${app.url}/devices/${deviceId}/checklist`);
  const buttons = phone.getByRole('group').getByRole('button');
  await expect(buttons.first()).toBeVisible();
  for (const box of await Promise.all((await buttons.all()).map((each) => each.boundingBox()))) {
    expect(box?.height).toBeGreaterThanOrEqual(48);
    expect(box?.width).toBeGreaterThanOrEqual(72);
  }
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await phone.context().close();
});

test('a viewer does not see who answered, and cannot remove another person’s answer', async ({
  page,
  app,
  enter,
  api,
}) => {
  const deviceId = await offlineDevice(app, api);
  const checks = `/api/v1/devices/${deviceId}/checklist`;
  const support = await api('support');
  const said = await support.post(checks, { data: { step: 'restarted', answer: 'yes' } });
  expect(said.status()).toBe(201);
  const [own] = (await said.json()).checks;
  expect(own).toMatchObject({ step: 'restarted', answer: 'yes', own: true, by: expect.any(String) });
  const viewer = await api('viewer');
  expect((await viewer.delete(checks, { data: { step: 'restarted' } })).status()).toBe(200);
  const { checks: seen } = await (await viewer.get(`/api/v1/devices/${deviceId}`)).json();
  expect(seen).toMatchObject([{ step: 'restarted', own: false, by: null }]);
  await enter('viewer');
  await page.goto(`/devices/${deviceId}`);
  await expect(reported(page)).toContainText('reported on site');
  await page.goto(`/devices/${deviceId}/checklist`);
  const restarted = question(page, words.steps.restarted.ask);
  await expect(restarted).toContainText('reported on site');
  await expect(restarted.getByRole('button', { name: words.list.undo })).toHaveCount(0);
  expect((await support.delete(checks, { data: { step: 'restarted' } })).status()).toBe(200);
});

test('refuses questions and answers that are not in the catalogue', async ({ api, app }) => {
  const viewer = await api('viewer');
  const checks = `/api/v1/devices/${await offlineDevice(app, api)}/checklist`;
  for (const data of [{ step: 'made-up', answer: 'yes' }, { step: 'restarted', answer: 'maybe' }, {}]) {
    expect((await viewer.post(checks, { data })).status()).toBe(400);
  }
  const unknown = `/api/v1/devices/${await app.unseenDevice()}/checklist`;
  expect((await viewer.post(unknown, { data: { step: 'restarted', answer: 'yes' } })).status()).toBe(404);
});

type State = Awaited<ReturnType<Awaited<ReturnType<Page['context']>>['storageState']>>;

/** A person with a phone of the smallest width. */
async function phoneOf(browser: Browser, signedIn: Promise<State>): Promise<Page> {
  const context = await browser.newContext({
    storageState: await signedIn,
    viewport: { width: 360, height: 740 },
    locale: 'en-GB',
  });
  return context.newPage();
}
