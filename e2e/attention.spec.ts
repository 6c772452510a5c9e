import type { Page } from '@playwright/test';
import { type Desk, expect, test } from './desk.ts';
import { en } from './words.ts';

const words = en.attention;
const SECRET = `SECsimulated${'0'.repeat(52)}`;

/** A desk that looks at devices by itself, and tells. */
test.use({ deskOptions: { env: { DUTIES: 'all' }, simulatorArgs: ['--rooms', '20'] } });
test.setTimeout(300_000);

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

const messages = async ({ simulator }: Desk) =>
  (await simulator.control<{ messages: { title: string; text: string }[] }>('GET', '/robots')).messages;

/** How many messages came that are about a device. */
const about = async (desk: Desk, deviceId: string) =>
  (await messages(desk))
    .filter(({ text }) => text.includes(`/devices/${deviceId})`))
    .map(({ title }) => title);

test('a channel is made and tested, a device goes offline and comes back, and what is muted says nothing', async ({
  page,
  desk,
  enter,
  api,
}) => {
  const { deviceId } = await desk.scenario('idle');
  const support = await api('support');
  const becomes = async (deviceStatus: string) => {
    await desk.simulator.control('PATCH', `/devices/${deviceId}`, { deviceStatus });
    expect((await support.get(`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`)).status()).toBe(200);
  };
  await becomes('idle');
  await enter('admin');
  await page.goto('/service/attention');

  const channels = part(page, words.channels.title);
  await expect(part(page, words.rules.title)).toContainText(words.rules.needsChannel);
  await channels.getByRole('button', { name: words.channels.new }).click();
  await channels.getByLabel(words.channels.name).fill('On duty');
  const address = `${desk.simulator.origin}/robot/send?access_token=simulatedsignedrobot`;
  await channels.getByLabel(words.channels.robotUrl).fill(address);
  await channels.getByLabel(words.channels.robotSecret).fill(SECRET);
  await channels.getByRole('button', { name: words.add, exact: true }).click();
  await channels.getByRole('button', { name: 'Send a test message to On duty' }).click();
  await expect(channels.getByText('Accepted: errcode 0 ok')).toBeVisible();
  expect((await messages(desk)).map(({ title }) => title)).toEqual([en.notices.title.test]);
  const sent = part(page, words.log.title).getByRole('listitem');
  await expect(sent).toContainText(words.log.state.sent);
  await expect(sent).not.toContainText(words.log.state.failed);
  expect(await page.content()).not.toContain('simulatedsignedrobot');
  expect(desk.logs()).not.toContain('simulatedsignedrobot');

  const rules = part(page, words.rules.title);
  await rules.getByRole('button', { name: words.rules.new }).click();
  await rules.getByLabel(words.rules.name).fill('Screens');
  await rules.getByLabel(words.rules.what, { exact: true }).selectOption('chosen');
  // Whichever code DingTalk's answers lead to, an offline device is one choice.
  for (const code of ['offline-with-neighbours', 'offline-while-controller-works'] as const) {
    const { title } = en.findings.catalogue[code];
    await expect(rules.getByRole('checkbox', { name: title, exact: true })).toHaveCount(0);
  }
  await expect(rules.getByRole('checkbox', { name: words.rules.offline, exact: true })).toBeChecked();
  await rules.getByLabel(words.scope.label).selectOption('devices');
  await rules.getByLabel(words.scope.deviceIds).fill(deviceId);
  await rules.getByLabel(words.rules.raiseAfter).fill('0.1');
  await rules.getByLabel(words.rules.clearAfter).fill('0');
  await rules.getByRole('button', { name: words.add, exact: true }).click();
  await expect(rules.getByRole('heading', { name: 'Screens' })).toBeVisible();

  await becomes('offline');
  const alarms = part(page, words.alarms.title);
  await expect(alarms.getByRole('listitem')).toContainText(words.state.waiting, { timeout: 40_000 });
  await expect.poll(() => about(desk, deviceId), { timeout: 90_000 }).toHaveLength(1);
  const [alarm = ''] = await about(desk, deviceId);
  expect(alarm).toContain('offline');
  await expect(alarms.getByRole('listitem')).toContainText(words.state.told, { timeout: 40_000 });

  await becomes('idle');
  await expect.poll(() => about(desk, deviceId), { timeout: 90_000 }).toEqual([alarm, `Resolved: ${alarm}`]);
  await expect(alarms).toContainText(words.alarms.none, { timeout: 40_000 });
  await expect(part(page, words.log.title).getByRole('listitem')).toHaveCount(3, { timeout: 40_000 });

  const quiets = part(page, words.quiets.title);
  await quiets.getByRole('button', { name: words.quiets.new }).click();
  await quiets.getByLabel(words.quiets.reason).fill('Rebuilding');
  await quiets.getByLabel(words.scope.label).selectOption('devices');
  await quiets.getByLabel(words.scope.deviceIds).fill(deviceId);
  await quiets.getByRole('button', { name: words.quiets.add, exact: true }).click();
  await expect(quiets.getByRole('listitem')).toContainText(words.quiets.now);
  await becomes('offline');
  await expect(alarms.getByRole('listitem')).toContainText('silenced: Rebuilding', { timeout: 40_000 });
  await page.waitForTimeout(40_000);
  expect(await about(desk, deviceId)).toHaveLength(2);

  const admin = await api('admin');
  const { items } = await (await admin.get('/api/v1/audit')).json();
  const actions = (items as { action: string }[]).map(({ action }) => action);
  for (const action of ['channel-added', 'channel-tested', 'rule-added', 'muted'])
    expect(actions).toContain(action);
});

test('the link of a notification about several devices lists as many as it counts', async ({
  page,
  desk,
  enter,
  api,
}) => {
  const [admin, support] = await Promise.all([api('admin'), api('support')]);
  const devices: string[] = [];
  for (const name of ['casting', 'inMeeting', 'wired']) devices.push((await desk.scenario(name)).deviceId);
  const becomes = async (deviceStatus: string) => {
    for (const deviceId of devices) {
      await desk.simulator.control('PATCH', `/devices/${deviceId}`, { deviceStatus });
      const asked = `/api/v1/devices/query?deviceId=${deviceId}&fresh=true`;
      expect((await support.get(asked)).status()).toBe(200);
    }
  };
  await becomes('idle');
  const url = `${desk.simulator.origin}/robot/send?access_token=simulatedrobot`;
  const channel = { kind: 'robot', name: 'Floor', locale: 'en', zone: 'UTC', url };
  const { channelId } = await (await admin.post('/api/v1/attention/channels', { data: channel })).json();
  const rule = {
    ...{ name: 'Floor', on: true, which: { codes: ['offline'] }, channelIds: [channelId] },
    ...{ scope: { everything: false, devices }, raiseAfterSeconds: 20, clearAfterSeconds: 0 },
  };
  expect((await admin.post('/api/v1/attention/rules', { data: rule })).ok()).toBe(true);
  await becomes('offline');
  const grouped = async () => (await messages(desk)).filter(({ title }) => title.endsWith('3 devices'));
  await expect.poll(grouped, { timeout: 120_000 }).toHaveLength(1);
  const [message] = await grouped();
  const link = message?.text.match(/\((http[^)]+\/devices\?notification=[^)]+)\)/)?.[1] ?? '';
  await enter('viewer');
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^3 of \d+ devices$/);
  await becomes('idle');
});

test('a channel that cannot be is refused in words, and a webhook’s secret is shown once', async ({
  page,
  enter,
}) => {
  await enter('admin');
  await page.goto('/service/attention');
  const channels = part(page, words.channels.title);
  await channels.getByRole('button', { name: words.channels.new }).click();
  const form = channels.getByRole('form');
  await form.getByLabel(words.channels.kind).selectOption('webhook');
  await form.getByLabel(words.channels.name).fill('Tickets');
  await form.getByLabel(words.channels.webhookUrl).fill('https://10.0.0.1/hook');
  await page.keyboard.press('Enter');
  await expect(channels.locator('[data-problem="invalid-question.channel-address"]')).toBeVisible();
  await form.getByLabel(words.channels.webhookUrl).fill('http://127.0.0.1:9/hook');
  await page.keyboard.press('Enter');
  await expect(channels.locator('[data-secret]')).toHaveText(/^whsec_[\w+/=]{40,}$/);
  const secret = (await channels.locator('[data-secret]').textContent()) ?? '';
  await channels.getByRole('button', { name: words.channels.madeDone }).click();
  await channels.getByRole('button', { name: 'Send a test message to Tickets' }).click();
  await expect(channels.getByText('Not accepted: ECONNREFUSED')).toBeVisible();
  await page.reload();
  expect(await page.content()).not.toContain(secret);
  const line = channels.getByRole('listitem').filter({ hasText: 'Tickets' });
  await line.getByRole('button', { name: 'Remove the channel Tickets' }).click();
  await line.getByRole('button', { name: words.channels.removeDo }).click();
  await expect(line).toHaveCount(0);
});
