import type { Page } from '@playwright/test';
import { expect, test } from '../support/app.ts';
import { en } from '../support/texts.ts';

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

test.beforeEach(async ({ enter, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await enter('support');
});

test('refresh queries DingTalk once and shows what has changed', async ({ page, app }) => {
  const deviceId = await app.unseenDevice();
  await app.simulator.control('PATCH', `/devices/${deviceId}`, {
    deviceStatus: 'idle',
    devNetIp: '10.1.1.1',
  });
  await page.goto(`/devices/${deviceId}`);
  const network = page.getByRole('region', { name: en.device.sections.network });
  await expect(network.getByText('10.1.1.1', { exact: true })).toBeVisible();
  await app.simulator.control('PATCH', `/devices/${deviceId}`, {
    deviceStatus: 'conf_running',
    devNetIp: '10.2.2.2',
  });
  await app.simulator.control('DELETE', '/calls');

  await page.getByRole('button', { name: en.device.refresh }).click();
  await expect(network.getByText('10.2.2.2', { exact: true })).toBeVisible();
  await expect(page.locator('header', { has: page.getByRole('heading', { level: 1 }) })).toContainText(
    en.status['in-meeting'],
  );
  expect(await app.calls()).toBe(1);
});

test('refresh shows that it is under way and cannot be pressed twice', async ({ page, app }) => {
  await page.goto(`/devices/${await app.unseenDevice()}`);
  const refresh = page.getByRole('button', { name: en.device.refresh });
  await expect(refresh).toBeEnabled();
  await app.simulator.control('PUT', '/faults', { path: '/v1.0/rooms/devices', fault: 'slow', ms: 1_500 });
  await refresh.click();
  await expect(refresh).toBeDisabled();
  await expect(page.getByRole('status').filter({ hasText: en.device.refreshing })).toBeAttached();
  await expect(refresh).toBeEnabled();
});

test('shows which device is queried while DingTalk is slow', async ({ page, app }) => {
  const deviceId = await app.unseenDevice();
  await app.simulator.control('PUT', '/faults', { path: '/v1.0/rooms/devices', fault: 'slow', ms: 1_500 });
  await page.goto(`/devices/${deviceId}`);

  await expect(page.getByRole('status').filter({ hasText: 'from DingTalk…' })).toContainText(deviceId);
  await expect(page.getByText(en.device.lookingWhy)).toBeVisible();
  await expect(page.getByTitle(en.sourceWhy.live)).toBeVisible();
});

test('the age of the shown data counts up', async ({ page, app }) => {
  await page.goto(`/devices/${await app.unseenDevice()}`);
  const age = page.getByRole('article').getByRole('time').filter({ hasText: 'Last checked' });
  await expect(age).toContainText('Last checked 1 s ago');
  await expect(age).toContainText('Last checked 3 s ago');
});

test('copy buttons put their value on the clipboard and confirm it', async ({ page, app }) => {
  await page.goto('/devices/1234');
  const copies: [what: string, value: string][] = [
    [en.device.deviceId, '1234'],
    [en.device.unionId, 'lmvUxxxxx'],
    [en.device.fields.ip, '127.0.0.10'],
    [en.device.fields.firmware, 'LMVXXX.20XX0818'],
  ];
  for (const [what, value] of copies) {
    await page
      .getByRole('button', { name: `Copy ${what}`, exact: true })
      .first()
      .click();
    await expect(page.getByRole('status').filter({ hasText: en.copy.copied })).toBeAttached();
    expect(await clipboard(page)).toBe(value);
  }
  await page.getByRole('button', { name: en.copy.copyLink }).click();
  expect(await clipboard(page)).toBe(`${app.url}/devices/1234`);
});

test('the link that is copied from a union ID page is the permanent one', async ({ page, app }) => {
  const { deviceId, deviceUnionId } = await app.scenario('ringing');
  await page.goto(`/devices/union/${deviceUnionId}`);
  await page.getByRole('button', { name: en.copy.copyLink }).click();
  expect(await clipboard(page)).toBe(`${app.url}/devices/${deviceId}`);
});

test('the raw response opens in DingTalk’s own words with the secrets masked', async ({ page, app, api }) => {
  // A page with a fresh reading makes no query.
  await (await api('support')).get('/api/v1/devices/query?deviceId=1234');
  await page.goto('/devices/1234');
  await app.simulator.control('DELETE', '/calls');
  await page.getByText(en.device.raw, { exact: true }).click();
  const raw = page.locator('pre');
  await expect(raw).toContainText('"deviceStatus": "offline"');
  await expect(raw).toContainText('"deviceType": "touyingyi"');
  await expect(page.getByText(en.device.rawWhy)).toBeVisible();
  for (const secret of ['123456', '234567', 'sip13492']) await expect(raw).not.toContainText(secret);
  await page.getByRole('button', { name: `Copy ${en.device.raw}` }).click();
  const copied = JSON.parse(await clipboard(page)) as { result: { shareCode: string; deviceSn: string } };
  expect(copied.result.deviceSn).toBe('02caxxxxx');
  expect(copied.result.shareCode).not.toBe('123456');
  expect(await app.calls(), 'it is read from the record').toBe(0);
});

test('shows an unknown status and an unknown field as DingTalk sent them', async ({ page, app }) => {
  const { deviceId } = await app.scenario('unknownStatus');
  await page.goto(`/devices/${deviceId}`);
  await expect(page.getByRole('article').getByText('Unknown: firmware_update')).toBeVisible();
  const unknown = page.getByRole('region', { name: en.device.sections.unknown });
  await expect(unknown).toContainText('devUpgradeProgress');
  await expect(unknown).toContainText('42%');
});

test('marks a controller that is bound to another room', async ({ page, app }) => {
  const { deviceId, controllerIds } = await app.scenario('wrongRoomController');
  const device = (await app.simulator.control('GET', `/devices/${deviceId}`)) as {
    controllers: { openRoomId: string }[];
  };
  await page.goto(`/devices/${deviceId}`);
  const controller = page
    .getByRole('region', { name: en.device.controllers })
    .getByRole('listitem')
    .filter({ hasText: controllerIds[0] });
  await expect(controller).toContainText(`other room: ${device.controllers[0]?.openRoomId}`);
});

const ODD_ONES: [scenario: string, meaning: string, words: string][] = [
  ['unboundDevice', 'bound to no room', en.device.noRoom],
  ['noControllers', 'without controllers', en.device.controllersNone],
  ['nullControllers', 'whose controllers are null', en.device.controllersNone],
  ['offlineNetwork', 'without a network', en.device.network.offline],
  ['wifi', 'on Wi-Fi', 'DingSim-Rooms'],
];

for (const [scenario, meaning, words] of ODD_ONES) {
  test(`a device ${meaning} says so`, async ({ page, app }) => {
    const { deviceId } = await app.scenario(scenario);
    await page.goto(`/devices/${deviceId}`);
    await expect(page.getByRole('article').getByText(words, { exact: true })).toBeVisible();
  });
}

const STATES: [scenario: string, word: string][] = [
  ['idle', en.status.idle],
  ['casting', en.status.casting],
  ['ringing', en.status.ringing],
  ['inMeeting', en.status['in-meeting']],
  ['whiteboard', en.status.whiteboard],
  ['offline', en.status.offline],
];

test('each status has its own text, also for screen readers', async ({ page, app }) => {
  for (const [scenario, word] of STATES) {
    const { deviceId } = await app.scenario(scenario);
    await page.goto(`/devices/${deviceId}`);
    const header = page.locator('header', { has: page.getByRole('heading', { level: 1 }) });
    await expect(header).toContainText(`${en.status.label}: ${word}`);
  }
});
