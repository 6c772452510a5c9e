import type { Page } from '@playwright/test';
import { type App, expect, test } from '../support/app.ts';
import { en } from '../support/texts.ts';

const RTL = '\u202e';
const LONG_NAME = '会议室设备名称很长'.repeat(7).slice(0, 60);
const HOSTILE = {
  deviceName: `<img src=x onerror="window.hacked=1">${RTL}drow${'</script><script>window.hacked=2</script>'}`,
  roomName: `=HYPERLINK("http://evil.example")${RTL}<svg onload=window.hacked=3>`,
  deviceModel: 'bell\u0007and\u001bescape',
  deviceSn: 'f'.repeat(64),
  firmwareVersion: 'javascript:window.hacked=4',
  devCamera: '{{constructor.constructor("window.hacked=5")()}}',
  deviceStatus: '<b>idle</b>',
  '<i>field</i>': '<a href="javascript:window.hacked=6">press</a>',
  __proto__x: { polluted: true },
};

/** Everything that a page must never do: open a dialog, fail, or call another host. Grows while the page is open. */
function collectViolations(page: Page, app: App): string[] {
  const violations: string[] = [];
  page.on('dialog', (dialog) => {
    violations.push(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => undefined);
  });
  page.on('pageerror', (error) => violations.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') violations.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(app.url)) violations.push(`request: ${request.url()}`);
  });
  return violations;
}

test('hostile text from a device runs nothing and breaks nothing', async ({ page, app, enter }) => {
  const deviceId = await app.unseenDevice();
  await app.simulator.control('PATCH', `/devices/${deviceId}`, HOSTILE);
  const violations = collectViolations(page, app);
  await enter('admin');

  // Drawn by the browser, then by the server, then in the list.
  await page.goto(`/devices/${deviceId}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(HOSTILE.deviceName);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(HOSTILE.deviceName);
  await expect(page.getByText(HOSTILE.roomName, { exact: true })).toBeVisible();
  await expect(page.getByText(`Unknown: ${HOSTILE.deviceStatus}`, { exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: en.device.sections.unknown })).toContainText('<i>field</i>');
  await page.getByText(en.device.raw, { exact: true }).click();
  await expect(page.locator('pre')).toContainText('onerror');
  await page.goto('/');
  await expect(page.getByRole('link', { name: HOSTILE.deviceName })).toBeVisible();

  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  expect(await page.locator('main :is(img, iframe, a[href^="javascript"])').count()).toBe(0);
  expect(violations).toEqual([]);
});

test('server and browser draw text with forbidden characters alike', async ({ page, app, enter }) => {
  const deviceId = await app.unseenDevice();
  await app.simulator.control('PATCH', `/devices/${deviceId}`, {
    deviceModel: 'nul\u0000in the middle',
    devMic: '\ud800 a lone surrogate',
    devCamera: 'carriage\rreturn',
  });
  const violations = collectViolations(page, app);
  await enter('support');
  await page.goto(`/devices/${deviceId}`);
  await expect(page.getByTitle(en.sourceWhy.live)).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: en.device.refresh })).toBeEnabled();
  expect(violations).toEqual([]);
});

test('right-to-left text stays inside its own box', async ({ page, app, enter }) => {
  const deviceId = await app.unseenDevice();
  await app.simulator.control('PATCH', `/devices/${deviceId}`, {
    deviceName: `${RTL}abc`,
    roomName: `${RTL}room`,
  });
  await enter('support');
  await page.goto(`/devices/${deviceId}`);
  for (const text of [`${RTL}abc`, `${RTL}room`]) {
    await expect(page.getByRole('article').getByText(text, { exact: true })).toHaveCSS(
      'unicode-bidi',
      'isolate',
    );
  }
});

test('names of 60 Chinese characters and serials of 64 digits fit the smallest screen', async ({
  page,
  app,
  enter,
}) => {
  const deviceId = await app.unseenDevice();
  await app.simulator.control('PATCH', `/devices/${deviceId}`, {
    deviceName: LONG_NAME,
    roomName: LONG_NAME,
    deviceSn: 'a1b2c3d4'.repeat(8),
    devCamera: 'W'.repeat(200),
    deviceStatus: 'a_status_nobody_knows_'.repeat(8),
    firmwareVersion: 'LMV'.repeat(50),
  });
  await enter('admin');
  for (const width of [320, 360, 1_440]) {
    await page.setViewportSize({ width, height: 800 });
    for (const path of [`/devices/${deviceId}`, '/']) {
      await page.goto(path);
      await expect(page.getByText(LONG_NAME).first()).toBeVisible();
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(tooWide, `${path} at ${width}`).toBeLessThanOrEqual(0);
    }
  }
});
