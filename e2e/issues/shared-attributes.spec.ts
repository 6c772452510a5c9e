import type { APIRequestContext, Page } from '@playwright/test';
import { expectNoBarrier } from '../support/accessibility.ts';
import { type App, expect, test } from '../support/app.ts';
import { KNOWING, pause, untilFound, wholeList } from '../support/inventory.ts';
import { en } from '../support/texts.ts';

test.use({ appOptions: KNOWING });
test.describe.configure({ mode: 'serial', timeout: 150_000 });

type Row = {
  deviceId: string;
  model: string | null;
  network: { ip: string | null };
  status: { state: string };
};

const words = en.around;
const band = (page: Page) => page.getByRole('region', { name: words.common.title });
const around = (page: Page) => page.getByRole('region', { name: words.title });
const subnetOf = ({ network }: Row) => network.ip?.replace(/\.\d+$/, '.') ?? '';

/** Changes some devices in the simulator and refreshes them in Rooms Desk. */
async function become(support: APIRequestContext, app: App, rows: readonly Row[], said: object) {
  for (const { deviceId } of rows) {
    await app.simulator.control('PATCH', `/devices/${deviceId}`, said);
    const response = await support.get(`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`);
    expect(response.status()).toBe(200);
  }
}

/** Waits until at least this many devices have an issue. */
async function untilWrong(support: APIRequestContext, issue: string, least: number) {
  for (const limit = Date.now() + 60_000; ; await pause(250)) {
    const response = await support.get(`/api/v1/devices?issue=${issue}&limit=1`);
    const { total } = (await response.json()) as { total: number };
    if (total >= least) return;
    expect(Date.now(), `${total} devices have ${issue}`).toBeLessThan(limit);
  }
}

/** Every device after discovery. */
async function everyDevice(support: APIRequestContext, admin: APIRequestContext): Promise<Row[]> {
  await untilFound(admin);
  return wholeList<Row>(support, '/api/v1/devices?limit=200');
}

test('when a floor’s switch fails, shows the subnet as a shared attribute without calling it the cause', async ({
  page,
  app,
  api,
  enter,
}) => {
  const [support, viewer] = [await api('support'), await api('viewer')];
  const rows = await everyDevice(support, await api('admin'));
  const [[subnet = '', fallen = []] = []] = [...Map.groupBy(rows, subnetOf)]
    .filter(([subnet]) => subnet !== '')
    .sort(([, a], [, b]) => b.length - a.length);
  expect(fallen.length).toBeGreaterThan(10);
  await become(support, app, fallen, { deviceStatus: 'offline' });
  const issue = 'offline-with-neighbours';
  await untilWrong(support, issue, fallen.length);

  await enter('support');
  await page.goto(`/devices?issue=${issue}`);
  const first = band(page).getByRole('listitem').first();
  await expect(first).toContainText(/^Common to (all \d+|\d+ of \d+)/);
  await expect(first).toContainText(/\d+ of \d+ with, \d+ of \d+ without/);
  const link = band(page).getByRole('link', { name: `${words.common.subnet} ${subnet}0/24` });
  await expect(link).toBeVisible();
  await expect(band(page)).not.toContainText(/because|caus/i);
  await expectNoBarrier(page, 'devices with one issue');
  await link.click();
  await expect(page).toHaveURL(new RegExp(`issue=${issue}`));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(new RegExp(`^${fallen.length} of`));

  const seen = await viewer.get(`/api/v1/devices/common?issue=${issue}`);
  const text = await seen.text();
  expect(text, 'a viewer sees no subnet').not.toContain(subnet);
  expect(JSON.parse(text).common.map(({ attribute }: { attribute: string }) => attribute)).toContain('group');

  await page.goto(`/devices/${fallen[0]?.deviceId}`);
  await expect(around(page)).toContainText(/\d+ other devices have this issue; Common to/);
  await expect(around(page).getByRole('link', { name: /^Compare with/ })).toBeVisible();
});

test('when a firmware update breaks devices, shows the firmware as shared attribute and as preceding change of each', async ({
  page,
  app,
  api,
  enter,
}) => {
  const support = await api('support');
  const rows = await everyDevice(support, await api('admin'));
  const wave = rows
    .filter(({ model, status }) => model === 'winbox' && !['offline', 'unknown'].includes(status.state))
    .filter((_row, at) => at % 4 === 0)
    .slice(0, 12);
  expect(wave).toHaveLength(12);
  await become(support, app, wave, { deviceStatus: 'idle', devMic: 'Microphone (Ceiling)' });
  await become(support, app, wave, { firmwareVersion: 'LMV.BAD' });
  await become(support, app, wave, { devMic: '' });
  await untilWrong(support, 'microphone-lost', wave.length);

  await enter('viewer');
  await page.goto('/devices?issue=microphone-lost');
  const first = band(page).getByRole('listitem').first();
  await expect(first).toContainText(`${en.device.fields.firmware} LMV.BAD`);
  await expect(first).toContainText(/^Common to/);
  await first.getByRole('link').click();
  await expect(page).toHaveURL(/firmware=LMV.BAD/);

  await page.goto(`/devices/${wave[0]?.deviceId}`);
  await expect(around(page)).toContainText(`${en.device.fields.firmware} LMV.BAD`);
  const summary = around(page).locator('summary');
  await expect(summary).toContainText('LMV.BAD');
  await expect(summary).toContainText(/the same came before 11 of \d+ other such cases in this fleet/);
});
