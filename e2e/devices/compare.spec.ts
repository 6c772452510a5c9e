import type { Page } from '@playwright/test';
import { expectNoBarrier } from '../support/accessibility.ts';
import { type App, expect, test } from '../support/app.ts';
import { en } from '../support/texts.ts';

const words = en.compare;
const row = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: new RegExp(`^${name}\\s*:`) }) });
const heading = (page: Page, place: 0 | 1) => page.getByRole('columnheader').nth(place);
const fold = (page: Page, text: RegExp) => page.getByRole('button', { name: text });

const changeDevice = (app: App, deviceId: string, said: object) =>
  app.simulator.control('PATCH', `/devices/${deviceId}`, said);

/** Two devices with fresh readings that differ only in their firmware. */
async function twoDevices(page: Page, app: App): Promise<[string, string]> {
  const ids: [string, string] = [await app.unseenDevice(), await app.unseenDevice()];
  const alike = {
    deviceStatus: 'idle',
    deviceModel: 'winbox',
    softwareVersion: '7.1',
    devNetType: 'net_wired',
  };
  for (const [at, id] of ids.entries()) {
    const firmwareVersion = `LMV.${at}`;
    await changeDevice(app, id, {
      ...alike,
      firmwareVersion,
      deviceName: `Screen ${at} of ${id}`,
      shareCode: '0042',
    });
    expect((await page.request.get(`/api/v1/devices/query?deviceId=${id}&fresh=true`)).status()).toBe(200);
  }
  return ids;
}

test.beforeEach(({ enter }) => enter('support'));

test('shows two devices side by side: differences first, equal fields folded, swapped and linked', async ({
  page,
  app,
}) => {
  const [left, right] = await twoDevices(page, app);
  await app.simulator.control('DELETE', '/calls');
  await page.goto(`/devices/${left}`);
  await page.getByRole('link', { name: en.device.compare, exact: true }).click();
  await expect(page).toHaveURL(`/compare?left=${left}`);
  await expect(heading(page, 0)).toContainText(`Screen 0 of ${left}`);
  const box = page.getByLabel(words.choose.right);
  await box.fill(right);
  await expect(page.getByRole('option')).toHaveCount(1);
  await box.press('Enter');
  await expect(page).toHaveURL(`/compare?left=${left}&right=${right}`);

  await expect(row(page, 'Firmware')).toContainText(words.marks.differs);
  await expect(row(page, 'Firmware').getByRole('cell')).toContainText(['LMV.0', 'LMV.1']);
  await expect(row(page, 'Serial'), 'each has its own').toContainText(words.marks.own);
  await expect(row(page, 'Model')).toHaveCount(0);
  const same = fold(page, /values are the same/);
  await same.press('Enter');
  await expect(same).toHaveAttribute('aria-expanded', 'true');
  await expect(row(page, 'Model').getByRole('cell')).toContainText(['winbox', 'winbox']);
  await fold(page, /your role does not see/).click();
  await expect(row(page, 'Cast code').getByRole('cell')).toContainText([
    en.device.concealed,
    en.device.concealed,
  ]);
  await expectNoBarrier(page, 'two devices side by side');

  await page.getByRole('link', { name: words.swap }).click();
  await expect(page).toHaveURL(`/compare?left=${right}&right=${left}`);
  await expect(row(page, 'Firmware').getByRole('cell')).toContainText(['LMV.1', 'LMV.0']);
  expect(await app.calls(), 'comparing makes no call').toBe(0);
});

test('replaces one of the devices, found by any of its names', async ({ page, app }) => {
  const [left, right] = await twoDevices(page, app);
  const third = await app.unseenDevice();
  await changeDevice(app, third, { deviceName: 'The third' });
  await page.request.get(`/api/v1/devices/query?deviceId=${third}`);
  const { deviceSn } = await app.simulator.control<{ deviceSn: string }>('GET', `/devices/${third}`);
  await page.goto(`/compare?left=${left}&right=${right}`);
  await page.getByRole('button', { name: words.another }).first().click();
  const box = page.getByLabel(words.choose.left);
  await expect(box).toBeFocused();
  await box.fill(deviceSn);
  await page.getByRole('option').first().click();
  await expect(page).toHaveURL(`/compare?left=${third}&right=${right}`);
  await expect(heading(page, 0)).toContainText('The third');
});

test('marks an unknown device with a link to look it up', async ({ page, app }) => {
  const [left] = await twoDevices(page, app);
  const unknown = await app.unseenDevice();
  await page.goto(`/compare?left=${left}&right=${unknown}`);
  await expect(page.getByRole('main').getByRole('alert')).toContainText(unknown);
  await expect(page.getByRole('link', { name: words.lookUp })).toHaveAttribute('href', `/devices/${unknown}`);
  const response = await page.request.get(`/api/v1/devices/compare?left=${left}&right=${unknown}`);
  expect(await response.json()).toMatchObject({ reason: 'device-not-found.not-known-yet' });
});

test('copies the comparison as a Markdown table, and cuts nothing on a narrow page', async ({
  page,
  context,
  app,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.setViewportSize({ width: 360, height: 740 });
  const [left, right] = await twoDevices(page, app);
  await changeDevice(app, right, { deviceName: '| <b>西湖</b>' });
  await page.request.get(`/api/v1/devices/query?deviceId=${right}&fresh=true`);
  await page.goto(`/compare?left=${left}&right=${right}`);
  await expect(row(page, 'Firmware')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.getByRole('button', { name: words.copy }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toContain(`${app.url}/compare?left=${left}&right=${right}`);
  const text = await copied();
  expect(text).toContain('| Firmware | LMV.0 | LMV.1 |');
  expect(text).toContain(String.raw`\| \<b\>西湖\</b\>`);
  expect(text).not.toContain('0042');
});

test('a viewer sees neither hidden values nor whether they are equal', async ({ page, app, enter }) => {
  const [left, right] = await twoDevices(page, app);
  const { deviceSn, devNetIp } = await app.simulator.control<{ deviceSn: string; devNetIp: string }>(
    'GET',
    `/devices/${left}`,
  );
  await enter('viewer');
  const response = await page.goto(`/compare?left=${left}&right=${right}`);
  const html = (await response?.text()) ?? '';
  for (const secret of [deviceSn, devNetIp, '0042']) expect(html).not.toContain(secret);
  await expect(row(page, 'Firmware')).toBeVisible();
  await fold(page, /your role does not see/).click();
  await expect(row(page, 'Serial')).toContainText(words.marks.concealed);
  const answer = await page.request.get(`/api/v1/devices/compare?left=${left}&right=${right}`);
  const { fields } = (await answer.json()) as { fields: { field: string; same: boolean | null }[] };
  expect(fields.find(({ field }) => field === 'serial')).toMatchObject({
    same: null,
    left: { concealed: true },
    right: { concealed: true },
  });
});
