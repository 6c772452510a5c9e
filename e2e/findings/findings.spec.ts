import { expect, test } from '../support/desk.ts';
import { findingsOf, openDevice, told, issueTexts as words, worst } from '../support/findings.ts';
import { en } from '../support/texts.ts';

test.beforeEach(({ enter }) => enter('support'));

test('a device with which nothing is wrong says so', async ({ page, app }) => {
  await openDevice(page, (await app.scenario('idle')).deviceId);
  await expect(findingsOf(page)).toContainText(en.issues.none);
  await expect(findingsOf(page).getByRole('heading')).toHaveCount(0);
});

test('the documented sample: offline while its controller works, with both as evidence', async ({ page }) => {
  await openDevice(page, '1234');
  const finding = worst(page);
  await expect(finding.getByRole('heading')).toContainText(words['offline-while-controller-works'].title);
  const evidence = finding.getByRole('list', { name: en.issues.rests }).getByRole('listitem');
  await expect(evidence).toHaveCount(2);
  await expect(evidence.first()).toContainText(en.status.offline);
  await expect(evidence.last()).toContainText(en.status.whiteboard);
  await expect(finding.getByText(words['offline-while-controller-works'].cannot)).toBeVisible();
});

test('a tablet that was carried to the wrong room', async ({ page, app }) => {
  await openDevice(page, (await app.scenario('wrongRoomController')).deviceId);
  await expect(worst(page).getByRole('heading')).toContainText(words['controller-in-other-room'].title);
});

test('a microphone that is unplugged', async ({ page, app, api }) => {
  const { deviceId } = await app.scenario('inMeeting');
  const support = await api('support');
  expect((await support.get(`/api/v1/devices/query?deviceId=${deviceId}`)).status()).toBe(200);
  await openDevice(page, deviceId);
  const { devMic } = await app.simulator.control<{ devMic: string }>('GET', `/devices/${deviceId}`);
  await told(app, deviceId, { devMic: '' });
  try {
    await page.getByRole('button', { name: en.device.refresh }).click();
    const finding = worst(page);
    await expect(finding.getByRole('heading')).toContainText(words['microphone-lost'].title);
    await expect(finding.getByRole('list', { name: en.issues.rests })).toContainText(devMic);
  } finally {
    await told(app, deviceId, { devMic });
  }
});

for (const [scenario, code] of [
  ['duplicateIp', 'shared-ip'],
  ['duplicateCastCode', 'shared-cast-code'],
] as const) {
  test(`${scenario}: two devices that share what only one can have, named on the page of either`, async ({
    page,
    app,
    api,
  }) => {
    const { deviceId, twinDeviceId = '' } = await app.scenario(scenario);
    await told(app, twinDeviceId, { deviceStatus: 'idle' });
    await told(app, deviceId, { deviceStatus: 'idle' });
    const support = await api('support');
    for (const id of [deviceId, twinDeviceId]) {
      expect((await support.get(`/api/v1/devices/query?deviceId=${id}&fresh=true`)).status()).toBe(200);
    }
    const twin = await app.simulator.control<{ deviceName: string }>('GET', `/devices/${twinDeviceId}`);
    await openDevice(page, deviceId);
    const finding = worst(page);
    await expect(finding.getByRole('heading')).toContainText(words[code].title);
    await expect(finding.getByRole('list', { name: en.issues.rests })).toContainText(twin.deviceName);
    await openDevice(page, twinDeviceId);
    await expect(findingsOf(page).getByRole('heading', { name: words[code].title })).toBeVisible();
  });
}

test('what to do stands open under the worst alone, and opens elsewhere by keyboard', async ({
  page,
  app,
}) => {
  const { deviceId } = await app.scenario('lostMicrophone');
  await told(app, deviceId, { activeTime: null });
  await openDevice(page, deviceId);
  const findings = findingsOf(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading') });
  await expect(findings).toHaveCount(2);
  await expect(findings.first().getByText(en.issues.desk)).toBeVisible();
  const notice = findings.last();
  await expect(notice.getByText(words['never-activated'].desk)).toBeHidden();
  await notice.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(notice.getByText(words['never-activated'].desk)).toBeVisible();
});

test('a summary is copied as Markdown, with what this reader may see and nothing that is markup', async ({
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
  await told(app, deviceId, { deviceName: '[press](https://evil.example) <b>西湖</b>' });
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
    await told(app, deviceId, { deviceName: before.deviceName });
  }
});
