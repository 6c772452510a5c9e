import type { Page } from '@playwright/test';
import { expect, test } from '../support/app.ts';
import { en } from '../support/texts.ts';

const SECRETS = { shareCode: '471193', sipAccountName: 'sip-canary-reveal' };
const CONTROLLER_CODE = '662915';
const words = en.device.reveal;
let deviceId = '';
let controllerId = '';

test.beforeAll(async ({ app, api }) => {
  ({
    deviceId,
    controllerIds: [controllerId = ''],
  } = await app.scenario('wrongRoomController'));
  const { controllers } = await app.simulator.control<{ controllers: object[] }>(
    'GET',
    `/devices/${deviceId}`,
  );
  const coded = controllers.map((each) => ({ ...each, shareCode: CONTROLLER_CODE }));
  await app.simulator.control('PATCH', `/devices/${deviceId}`, { ...SECRETS, controllers: coded });
  const answer = await (await api('admin')).get(`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`);
  expect(answer.status()).toBe(200);
});

const sharing = (page: Page) => page.getByRole('region', { name: en.device.sections.sharing });

async function revealCastCode(page: Page): Promise<void> {
  await sharing(page).getByRole('button', { name: 'Show: Cast code' }).click();
  await sharing(page).getByLabel(words.why).fill('A guest stands in front of the screen');
  await page.keyboard.press('Enter');
  await expect(sharing(page).getByText(SECRETS.shareCode)).toBeVisible();
}

test('an admin who gives a reason sees the cast code, copies it and hides it', async ({
  page,
  enter,
  api,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await enter('admin');
  await page.goto(`/devices/${deviceId}`);
  expect(await page.content()).not.toContain(SECRETS.shareCode);
  await revealCastCode(page);
  await expect(sharing(page).getByRole('status').first()).toHaveText('Cast code is shown for 30 seconds.');
  await sharing(page).getByRole('button', { name: 'Copy Cast code' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(SECRETS.shareCode);
  await sharing(page).getByRole('button', { name: 'Hide: Cast code' }).click();
  await expect(sharing(page).getByText(SECRETS.shareCode)).toHaveCount(0);
  await expect(sharing(page).getByRole('button', { name: 'Show: Cast code' })).toBeFocused();
  const { items } = await (await (await api('admin')).get('/api/v1/audit?action=revealed&limit=1')).json();
  expect(items[0]).toMatchObject({
    action: 'revealed',
    outcome: 'done',
    about: 'castCode',
    target: { kind: 'device', id: deviceId },
    reason: 'A guest stands in front of the screen',
    who: { subject: 'demo:admin', role: 'admin' },
  });
  expect(JSON.stringify(items)).not.toContain(SECRETS.shareCode);
});

test('hides a revealed value after half a minute, and at once when the computer wakes up later', async ({
  page,
  enter,
}) => {
  await page.clock.install();
  await enter('admin');
  await page.goto(`/devices/${deviceId}`);
  await revealCastCode(page);
  await page.clock.runFor(20_000);
  await expect(sharing(page).getByText('goes in 10 s')).toBeVisible();
  await page.clock.runFor(11_000);
  await expect(sharing(page).getByText(SECRETS.shareCode)).toHaveCount(0);
  await expect(sharing(page).getByRole('status').first()).toHaveText('Cast code is concealed again.');
  await revealCastCode(page);
  // Timers stop during sleep and fire once afterwards.
  await page.clock.fastForward('08:00:00');
  await expect(sharing(page).getByText(SECRETS.shareCode)).toHaveCount(0);
  expect(await page.content()).not.toContain(SECRETS.shareCode);
});

test('reveals a controller’s cast code by its name, with a suggested reason', async ({ page, enter }) => {
  await enter('admin');
  await page.goto(`/devices/${deviceId}`);
  const controllers = page.getByRole('region', { name: en.device.controllers });
  await controllers
    .getByRole('button', { name: /^Show: Cast code/ })
    .first()
    .click();
  await controllers.getByRole('button', { name: words.ready.check }).click();
  await controllers.getByRole('button', { name: words.confirm }).click();
  await expect(controllers.getByText(CONTROLLER_CODE)).toBeVisible();
});

test('reveals nothing without a reason, a permission or a device, and audits a refusal', async ({ api }) => {
  const ask = async (account: 'viewer' | 'support' | 'admin', data: object) => {
    const response = await (await api(account)).post('/api/v1/devices/reveal', { data });
    return [response.status(), (await response.json()).reason];
  };
  const good = { deviceId, field: 'castCode', reason: 'A guest cannot cast' };
  for (const account of ['viewer', 'support'] as const) {
    expect(await ask(account, good)).toEqual([403, 'not-permitted.role']);
  }
  for (const wrong of [
    { ...good, reason: undefined },
    { ...good, reason: '  x  ' },
    { ...good, reason: 'x'.repeat(201) },
    { ...good, field: 'serial' },
    { ...good, field: 'sipAccount', controller: controllerId },
    { ...good, controller: deviceId },
    { ...good, deviceUnionId: 'x' },
    { ...good, deviceId: undefined },
  ]) {
    expect((await ask('admin', wrong))[0], JSON.stringify(wrong)).toBe(400);
  }
  expect(await ask('admin', { ...good, deviceId: '5555' })).toEqual([404, 'device-not-found.not-known-yet']);
  const audit = await (await api('admin')).get('/api/v1/audit?action=revealed&outcome=refused');
  const { items } = (await audit.json()) as { items: { who: { role: string } }[] };
  // Newest first; earlier tests may have caused refusals too.
  expect(items.slice(0, 2).map(({ who }) => who.role)).toEqual(['support', 'viewer']);
});

test('a snapshot shows no secret and says where to find it', async ({ page, enter }) => {
  await enter('admin');
  await page.goto(`/devices/${deviceId}?at=${new Date(Date.now() - 500).toISOString()}`);
  await expect(sharing(page).getByTitle(words.notThen).first()).toBeVisible();
  await expect(sharing(page).getByRole('button', { name: /Show/ })).toHaveCount(0);
  expect(await page.content()).not.toContain(SECRETS.shareCode);
});
