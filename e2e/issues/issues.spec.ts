import { expect, test } from '../support/app.ts';
import { changeDevice, issuesOf, openDevice, issueTexts as words, worst } from '../support/issues.ts';
import { en } from '../support/texts.ts';

test.beforeEach(({ enter }) => enter('support'));

test('a device without issues says so', async ({ page, app }) => {
  await openDevice(page, (await app.scenario('idle')).deviceId);
  await expect(issuesOf(page)).toContainText(en.issues.none);
  await expect(issuesOf(page).getByRole('heading')).toHaveCount(0);
});

test('the documented sample: offline while its controller works, with both as evidence', async ({ page }) => {
  await openDevice(page, '1234');
  const issue = worst(page);
  await expect(issue.getByRole('heading')).toContainText(words['offline-while-controller-works'].title);
  const evidence = issue.getByRole('list', { name: en.issues.rests }).getByRole('listitem');
  await expect(evidence).toHaveCount(2);
  await expect(evidence.first()).toContainText(en.status.offline);
  await expect(evidence.last()).toContainText(en.status.whiteboard);
  await expect(issue.getByText(words['offline-while-controller-works'].cannot)).toBeVisible();
});

test('a controller that was carried to the wrong room', async ({ page, app }) => {
  await openDevice(page, (await app.scenario('wrongRoomController')).deviceId);
  await expect(worst(page).getByRole('heading')).toContainText(words['controller-in-other-room'].title);
});

test('a microphone that is unplugged', async ({ page, app, api }) => {
  const { deviceId } = await app.scenario('inMeeting');
  const support = await api('support');
  expect((await support.get(`/api/v1/devices/query?deviceId=${deviceId}`)).status()).toBe(200);
  await openDevice(page, deviceId);
  const { devMic } = await app.simulator.control<{ devMic: string }>('GET', `/devices/${deviceId}`);
  await changeDevice(app, deviceId, { devMic: '' });
  try {
    await page.getByRole('button', { name: en.device.refresh }).click();
    const issue = worst(page);
    await expect(issue.getByRole('heading')).toContainText(words['microphone-lost'].title);
    await expect(issue.getByRole('list', { name: en.issues.rests })).toContainText(devMic);
  } finally {
    await changeDevice(app, deviceId, { devMic });
  }
});

for (const [scenario, code] of [
  ['duplicateIp', 'shared-ip'],
  ['duplicateCastCode', 'shared-cast-code'],
] as const) {
  test(`${scenario}: two devices that share a unique value are named on both pages`, async ({
    page,
    app,
    api,
  }) => {
    const { deviceId, comparableDeviceId = '' } = await app.scenario(scenario);
    await changeDevice(app, comparableDeviceId, { deviceStatus: 'idle' });
    await changeDevice(app, deviceId, { deviceStatus: 'idle' });
    const support = await api('support');
    for (const id of [deviceId, comparableDeviceId]) {
      expect((await support.get(`/api/v1/devices/query?deviceId=${id}&fresh=true`)).status()).toBe(200);
    }
    const comparable = await app.simulator.control<{ deviceName: string }>(
      'GET',
      `/devices/${comparableDeviceId}`,
    );
    await openDevice(page, deviceId);
    const issue = worst(page);
    await expect(issue.getByRole('heading')).toContainText(words[code].title);
    await expect(issue.getByRole('list', { name: en.issues.rests })).toContainText(comparable.deviceName);
    await openDevice(page, comparableDeviceId);
    await expect(issuesOf(page).getByRole('heading', { name: words[code].title })).toBeVisible();
  });
}

test('the steps are open under the most severe issue only, and others open by keyboard', async ({
  page,
  app,
}) => {
  const { deviceId } = await app.scenario('lostMicrophone');
  await changeDevice(app, deviceId, { activeTime: null });
  await openDevice(page, deviceId);
  const issues = issuesOf(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading') });
  await expect(issues).toHaveCount(2);
  await expect(issues.first().getByText(en.issues.desk)).toBeVisible();
  const lastIssue = issues.last();
  await expect(lastIssue.getByText(words['never-activated'].desk)).toBeHidden();
  await lastIssue.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(lastIssue.getByText(words['never-activated'].desk)).toBeVisible();
});

test('copies a summary as Markdown, with only what this reader may see and without markup from values', async ({
  page,
  context,
  app,
  enter,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { deviceId } = await app.scenario('wrongRoomController');
  const before = await app.simulator.control<{ deviceName: string; deviceSn: string; shareCode: string }>(
    'GET',
    `/devices/${deviceId}`,
  );
  await changeDevice(app, deviceId, { deviceName: '[press](https://evil.example) <b>西湖</b>' });
  try {
    for (const role of ['support', 'viewer'] as const) {
      await enter(role);
      await openDevice(page, deviceId);
      if (role === 'support') await page.getByRole('button', { name: en.device.refresh }).click();
      await expect(page.getByRole('heading', { level: 1 })).toContainText('evil.example');
      await page.getByRole('button', { name: en.issues.summary.copy }).click();
      const copied = () => page.evaluate(() => navigator.clipboard.readText());
      await expect.poll(copied).toContain(`${app.url}/devices/${deviceId}`);
      const text = await copied();
      expect(text).toContain(String.raw`**\[press\](https:\/\/evil.example) \<b\>西湖\</b\>**`);
      expect(text).toContain(`- **${words['controller-in-other-room'].title}**`);
      expect(text.includes(before.deviceSn)).toBe(role === 'support');
      expect(text).not.toContain(before.shareCode);
      await page.evaluate(() => navigator.clipboard.writeText(''));
    }
  } finally {
    await changeDevice(app, deviceId, { deviceName: before.deviceName });
  }
});
