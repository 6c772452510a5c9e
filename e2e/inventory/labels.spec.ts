import type { Page } from '@playwright/test';
import { expect, test } from '../support/app.ts';
import { KNOWING, untilFound, wholeList } from '../support/inventory.ts';
import { readCode } from '../support/read-code.ts';
import { en } from '../support/texts.ts';

test.use({ appOptions: KNOWING });

test.beforeAll(async ({ api }) => {
  test.setTimeout(120_000);
  await untilFound(await api('admin'));
});

type Row = { deviceId: string; name: string; room: { name: string } | null };

const labels = (page: Page) =>
  page
    .getByRole('main')
    .getByRole('list')
    .getByRole('listitem')
    .filter({
      has: page.getByRole('img'),
    });

test('prints a filtered set as labels, each with a code that leads to its device and no secret', async ({
  page,
  app,
  api,
  enter,
}) => {
  await enter('viewer');
  await page.goto('/devices?status=ringing');
  await page.getByRole('link', { name: en.labels.open, exact: true }).click();
  await expect(page).toHaveURL(`${app.url}/labels?status=ringing`);
  const devices = await wholeList<Row>(await api('viewer'), '/api/v1/devices?status=ringing');
  expect(devices.length).toBeGreaterThan(2);
  expect(devices.length).toBeLessThan(240);
  await expect(labels(page)).toHaveCount(devices.length);
  for (const { deviceId, name, room } of devices.slice(0, 3)) {
    const label = labels(page).filter({ has: page.getByText(deviceId, { exact: true }) });
    await expect(label).toContainText(name);
    await expect(label).toContainText(room?.name ?? '');
    expect(await readCode(label.getByRole('img'))).toBe(`${app.url}/devices/${deviceId}`);
    const { shareCode, sipAccountName } = await app.simulator.control<Record<string, string>>(
      'GET',
      `/devices/${deviceId}`,
    );
    const whole = await page.content();
    expect(whole).not.toContain(shareCode);
    expect(whole).not.toContain(sipAccountName);
  }
});

test('prints as many pages as sheets, and nothing of the screen', async ({ page, enter }) => {
  await enter('viewer');
  await page.goto('/labels?status=ringing&size=large');
  const sheets = await page.getByRole('main').locator('section').count();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('banner')).toBeHidden();
  await expect(page.getByRole('heading', { level: 1 })).toBeHidden();
  await expect(labels(page).first()).toBeVisible();
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBe(sheets);
});

test('explains too many, no and unknown devices', async ({ page, enter }) => {
  await enter('viewer');
  await page.goto('/labels');
  await expect(page.getByRole('heading', { name: en.labelSheet.tooMany.title })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('240');
  await page.goto('/labels?q=nothing+is+called+like+this');
  await expect(page.getByRole('heading', { name: en.labelSheet.empty.title })).toBeVisible();
  await page.goto('/labels?device=1234&device=404404');
  await expect(labels(page)).toHaveCount(1);
  await expect(page.getByRole('main')).toContainText('does not know 1 of the devices');
});

test('a device and a room link to their labels', async ({ page, app, enter }) => {
  await enter('viewer');
  await page.goto('/devices/1234');
  await page.locator(`summary[aria-label="${en.labels.qr}"]`).click();
  const code = page.getByRole('img', { name: /^QR code/ });
  await expect(code).toBeVisible();
  expect(await readCode(code)).toBe(`${app.url}/devices/1234`);
  await page.getByRole('link', { name: en.labels.printOne }).click();
  await expect(page).toHaveURL(`${app.url}/labels?device=1234`);
  await expect(labels(page)).toHaveCount(1);
  const { roomId, deviceId } = await app.scenario('inMeeting');
  await page.goto(`/rooms/${roomId}`);
  await page.getByRole('link', { name: en.labels.open, exact: true }).click();
  await expect(page).toHaveURL(`${app.url}/labels?room=${roomId}`);
  await expect(labels(page).filter({ hasText: deviceId })).toHaveCount(1);
});
