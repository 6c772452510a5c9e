import { expect, test } from './desk.ts';
import { en } from './words.ts';

const box = { name: en.lookUp.label };

test.beforeEach(async ({ enter, page }) => {
  await enter('support');
  await page.goto('/');
});

test('finds a device by an id pasted with quotes and spaces around it', async ({ page }) => {
  await page.getByRole('textbox', box).fill(' “1234” ');
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(/\/devices\/1234$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('DingTalk Meeting Device_xxxx');
  const unit = page.getByRole('article');
  await expect(unit.getByText('Test Meeting Room')).toBeVisible();
  await expect(unit.getByText('Offline', { exact: true })).toBeVisible();
  await expect(unit.getByRole('time').filter({ hasText: 'Seen' })).toBeVisible();

  const controllers = page.getByRole('region', { name: en.device.controllers });
  await expect(controllers.getByRole('link', { name: 'Meeting Control Tablet_xxxx' })).toBeVisible();
  await expect(controllers.getByText('Whiteboard', { exact: true })).toBeVisible();
  await expect(controllers.getByText(en.device.sameRoom)).toBeVisible();
});

test('shows every fact of the documented sample under its label', async ({ page }) => {
  await page.goto('/devices/1234');
  const facts: [region: string, label: string, value: string][] = [
    ['network', 'Type', 'wired'],
    ['network', 'IP', '127.0.0.10'],
    ['network', 'Wired MAC', 'd4:3a:ee:aa:45:85'],
    ['network', 'Wi-Fi MAC', 'd4:aa:ee:e8:4d:55'],
    ['hardware', 'Camera', 'Smart Camera'],
    ['hardware', 'Microphone', 'Microphone (2- Built-in Audio)'],
    ['hardware', 'Speaker', 'Speaker (2- Built-in Audio)'],
    ['hardware', 'HDMI output', 'no, as reported'],
    ['software', 'Firmware', 'LMVXXX.20XX0818'],
    ['software', 'App', '7.14.1'],
    ['software', 'Activated', 'Oct 13, 2023'],
    ['sharing', 'Mirroring', 'no, as reported'],
    ['identity', 'Kind', 'Meeting device'],
    ['identity', 'Model', 'winbox'],
    ['identity', 'Serial', '02caxxxxx'],
    ['identity', 'MAC', '14:85:7f:xx:xx:xx'],
    ['identity', 'Room id', '7263xxxxx'],
    ['identity', 'Organisation', 'ding99xxxxx'],
    ['identity', 'Service id', '1204'],
    ['identity', 'Created by', 'lPHhSZDLXXXXXXpBlC9lxLwiEiE'],
  ];
  for (const [section, label, value] of facts) {
    const name = en.device.sections[section as keyof typeof en.device.sections];
    const fact = page
      .getByRole('region', { name, exact: true })
      .getByRole('term')
      .filter({ hasText: new RegExp(`^${label}$`) })
      .locator('..');
    await expect(fact.getByRole('definition'), `${name}: ${label}`).toContainText(value);
  }
  await expect(page.getByText(en.device.lastReported), 'an offline device reports old values').toBeVisible();
});

test('finds a device by its union id', async ({ page, desk }) => {
  const { deviceUnionId, deviceId } = await desk.scenario('inMeeting');
  await page.getByRole('textbox', box).fill(deviceUnionId);
  await page.getByRole('button', { name: en.lookUp.go, exact: true }).click();

  await expect(page).toHaveURL(new RegExp(`/devices/union/${deviceUnionId}$`));
  await expect(page.getByRole('article').getByText('In meeting', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('article').getByText(deviceId, { exact: true })).toBeVisible();
});

test('opens one of the desk’s own links that was pasted', async ({ page, desk }) => {
  await page.getByRole('textbox', box).fill(`  <${desk.url}/devices/1234?from=chat>\n`);
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(`${desk.url}/devices/1234`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('DingTalk Meeting Device_xxxx');
});

test('looks up the next device from the bar of a device page', async ({ page, desk }) => {
  const { deviceId } = await desk.scenario('idle');
  await page.goto('/devices/1234');
  await page.getByRole('textbox', { name: en.lookUp.short }).fill(deviceId);
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(new RegExp(`/devices/${deviceId}$`));
  await expect(page.getByRole('article').getByText(en.status.idle, { exact: true })).toBeVisible();
});

test('lists a device that has been looked up, newest first', async ({ page, desk, api }) => {
  const { deviceId } = await desk.scenario('casting');
  const answer = await (await api('support')).get(`/api/v1/devices/query?deviceId=${deviceId}`);
  const { device } = (await answer.json()) as { device: { name: string; room: { name: string } } };
  await page.reload();

  const first = page.getByRole('region', { name: en.lookUp.recent }).getByRole('listitem').first();
  await expect(first).toContainText(deviceId);
  await expect(first).toContainText(device.room.name);
  await expect(first).toContainText(en.status.casting);
  await first.getByRole('link', { name: device.name }).click();
  await expect(page).toHaveURL(new RegExp(`/devices/${deviceId}$`));
});

const NO_IDS: [what: string, text: string, why: string][] = [
  ['nothing', '   ', en.lookUp.problems.empty],
  ['a sentence', 'the screen in room 3', en.lookUp.problems.characters],
  ['a path trick', '../../etc/passwd', en.lookUp.problems.characters],
  ['a script', '<img src=x onerror=alert(1)>', en.lookUp.problems.characters],
  ['a foreign link', 'https://evil.example/devices/1234', en.lookUp.problems['foreign-link']],
  ['10,000 characters', 'a'.repeat(10_000), en.lookUp.problems.length.replace('{max}', '128')],
];

for (const [what, text, why] of NO_IDS) {
  test(`says why ${what} is no id, keeps the text and asks nothing`, async ({ page, desk }) => {
    await desk.simulator.control('DELETE', '/calls');
    const input = page.getByRole('textbox', box);
    await input.fill(text);
    await page.keyboard.press('Enter');

    await expect(page.getByRole('main').getByRole('alert')).toHaveText(why);
    await expect(input).toHaveValue(text);
    await expect(input).toBeFocused();
    await expect(input).toHaveAttribute('aria-invalid', 'true');
    await expect(page).toHaveURL(`${desk.url}/`);
    expect(await desk.calls()).toBe(0);

    await input.fill('1');
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
  });
}
