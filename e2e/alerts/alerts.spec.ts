import type { APIRequestContext, Locator, Page } from '@playwright/test';
import { type App, expect, test } from '../support/app.ts';
import { FAST_CLOCK } from '../support/app-process.ts';
import { en } from '../support/texts.ts';

const words = en.alerts;
const SECRET = `SECsimulated${'0'.repeat(52)}`;

// Issues are grouped for 20 seconds of the server's clock before a notification is sent.
test.use({ appOptions: { env: { ...FAST_CLOCK, INSTANCE_ROLE: 'all' }, simulatorArgs: ['--rooms', '20'] } });

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

const messages = async ({ simulator }: App) =>
  (await simulator.control<{ messages: { title: string; text: string }[] }>('GET', '/robots')).messages;

/** The number of messages about a device. */
const about = async (app: App, deviceId: string) =>
  (await messages(app))
    .filter(({ text }) => text.includes(`/devices/${deviceId})`))
    .map(({ title }) => title);

/** Sets a device's status in DingTalk and has Rooms Desk read it. */
async function setStatus(app: App, support: APIRequestContext, deviceId: string, deviceStatus: string) {
  await app.simulator.control('PATCH', `/devices/${deviceId}`, { deviceStatus });
  const fresh = async () => {
    const answer = await support.get(`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`);
    return ((await answer.json()) as { source?: string }).source;
  };
  await expect.poll(fresh).toBe('live');
}

/** The page reloads its data every ten seconds of its clock, which is moved until the text appears. */
async function expectAfterPolling(page: Page, where: Locator, text: string): Promise<void> {
  await expect(async () => {
    await page.clock.fastForward(10_000);
    await expect(where).toContainText(text, { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
}

/** Makes a rule send as soon as a device matches it. */
async function raiseAtOnce(admin: APIRequestContext, name: string): Promise<void> {
  const { rules } = await (await admin.get('/api/v1/alerts')).json();
  const {
    ruleId,
    codes,
    least: _least,
    ...rule
  } = rules.find((each: { name: string }) => each.name === name);
  const scope = { everything: false, devices: rule.scope.devices.map(({ id }: { id: string }) => id) };
  const data = { ...rule, scope, which: { codes }, raiseAfterSeconds: 0 };
  const answer = await admin.put(`/api/v1/alerts/rules/${ruleId}`, { data });
  expect(answer.ok(), await answer.text()).toBe(true);
}

test('sends one notification when a device goes offline, one when it is back, and none while it is silenced', async ({
  page,
  app,
  enter,
  api,
}) => {
  const [{ deviceId }, other] = [await app.scenario('idle'), await app.scenario('whiteboard')];
  const [support, admin] = [await api('support'), await api('admin')];
  const becomes = (deviceStatus: string, id = deviceId) => setStatus(app, support, id, deviceStatus);
  for (const id of [deviceId, other.deviceId]) await becomes('idle', id);
  await enter('admin');
  await page.clock.install();
  await page.goto('/alerts');

  const channels = part(page, words.channels.title);
  await expect(part(page, words.rules.title)).toContainText(words.rules.needsChannel);
  await channels.getByRole('button', { name: words.channels.new }).click();
  await channels.getByLabel(words.channels.name).fill('On duty');
  const address = `${app.simulator.origin}/robot/send?access_token=simulatedsignedrobot`;
  await channels.getByLabel(words.channels.robotUrl).fill(address);
  await channels.getByLabel(words.channels.robotSecret).fill(SECRET);
  await channels.getByRole('button', { name: words.add, exact: true }).click();
  await channels.getByRole('button', { name: 'Send a test message to On duty' }).click();
  await expect(channels.getByText('Accepted: errcode 0 ok')).toBeVisible();
  expect((await messages(app)).map(({ title }) => title)).toEqual([en.notifications.title.test]);
  const sent = part(page, words.log.title).getByRole('listitem');
  await expect(sent).toContainText(words.log.state.sent);
  await expect(sent).not.toContainText(words.log.state.failed);
  expect(await page.content()).not.toContain('simulatedsignedrobot');
  expect(app.logs()).not.toContain('simulatedsignedrobot');

  const rules = part(page, words.rules.title);
  await rules.getByRole('button', { name: words.rules.new }).click();
  await rules.getByLabel(words.rules.name).fill('Screens');
  await rules.getByLabel(words.rules.what, { exact: true }).selectOption('chosen');
  // All offline issues are one choice.
  for (const code of ['offline-with-neighbours', 'offline-while-controller-works'] as const) {
    const { title } = en.issues.catalogue[code];
    await expect(rules.getByRole('checkbox', { name: title, exact: true })).toHaveCount(0);
  }
  await expect(rules.getByRole('checkbox', { name: words.rules.offline, exact: true })).toBeChecked();
  await rules.getByLabel(words.scope.label, { exact: true }).selectOption('devices');
  await rules.getByLabel(words.scope.deviceIds).fill(`${deviceId}\n${other.deviceId}`);
  await rules.getByLabel(words.rules.raiseAfter).fill('60');
  await rules.getByLabel(words.rules.clearAfter).fill('0');
  await rules.getByRole('button', { name: words.add, exact: true }).click();
  await expect(rules.getByRole('heading', { name: 'Screens' })).toBeVisible();

  await becomes('offline');
  const alerts = part(page, words.active.title);
  await expectAfterPolling(page, alerts.getByRole('listitem'), words.state.waiting);
  expect(await about(app, deviceId)).toHaveLength(0);
  await raiseAtOnce(admin, 'Screens');
  await expect.poll(() => about(app, deviceId), { timeout: 90_000 }).toHaveLength(1);
  const [alert = ''] = await about(app, deviceId);
  expect(alert).toContain('offline');
  await expectAfterPolling(page, alerts.getByRole('listitem'), words.state.notified);

  await becomes('idle');
  await expect.poll(() => about(app, deviceId), { timeout: 90_000 }).toEqual([alert, `Resolved: ${alert}`]);
  await expectAfterPolling(page, alerts, words.active.none);
  await expect(async () => {
    await page.clock.fastForward(10_000);
    await expect(part(page, words.log.title).getByRole('listitem')).toHaveCount(3, { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });

  const silences = part(page, words.silences.title);
  await silences.getByRole('button', { name: words.silences.new }).click();
  await silences.getByLabel(words.silences.reason).fill('Rebuilding');
  await silences.getByLabel(words.scope.label, { exact: true }).selectOption('devices');
  await silences.getByLabel(words.scope.deviceIds).fill(deviceId);
  await silences.getByRole('button', { name: words.silences.add, exact: true }).click();
  await expect(silences.getByRole('listitem')).toContainText(words.silences.now);
  await becomes('offline');
  await expectAfterPolling(page, alerts.getByRole('listitem'), 'silenced: Rebuilding');
  // When the notification of a device that went offline later has arrived, that of the silenced one would have too.
  await becomes('offline', other.deviceId);
  await expect.poll(() => about(app, other.deviceId), { timeout: 90_000 }).toHaveLength(1);
  expect(await about(app, deviceId)).toHaveLength(2);

  const { items } = await (await admin.get('/api/v1/audit')).json();
  const actions = (items as { action: string }[]).map(({ action }) => action);
  for (const action of ['channel-added', 'channel-tested', 'rule-added', 'muted'])
    expect(actions).toContain(action);
});

test('the link in a notification about several devices opens a list of exactly those devices', async ({
  page,
  app,
  enter,
  api,
}) => {
  const [admin, support] = await Promise.all([api('admin'), api('support')]);
  const devices: string[] = [];
  for (const name of ['casting', 'inMeeting', 'wired']) devices.push((await app.scenario(name)).deviceId);
  const becomes = async (deviceStatus: string) => {
    for (const deviceId of devices) await setStatus(app, support, deviceId, deviceStatus);
  };
  await becomes('idle');
  const url = `${app.simulator.origin}/robot/send?access_token=simulatedrobot`;
  const channel = { kind: 'robot', name: 'Floor', locale: 'en', zone: 'UTC', url };
  const { channelId } = await (await admin.post('/api/v1/alerts/channels', { data: channel })).json();
  const rule = {
    name: 'Floor',
    on: true,
    which: { codes: ['offline'] },
    channelIds: [channelId],
    scope: { everything: false, devices },
    raiseAfterSeconds: 3_600,
    resolveAfterSeconds: 0,
  };
  expect((await admin.post('/api/v1/alerts/rules', { data: rule })).ok()).toBe(true);
  await becomes('offline');
  // All three match before the first may be sent, so that they are in one notification.
  const waiting = async () => {
    const { alerts } = await (await admin.get('/api/v1/alerts')).json();
    return alerts.filter(
      (each: { rule: string; state: string }) => each.rule === 'Floor' && each.state === 'waiting',
    );
  };
  await expect.poll(waiting, { timeout: 60_000 }).toHaveLength(3);
  await raiseAtOnce(admin, 'Floor');
  const grouped = async () => (await messages(app)).filter(({ title }) => title.endsWith('3 devices'));
  await expect.poll(grouped, { timeout: 120_000 }).toHaveLength(1);
  const [message] = await grouped();
  const link = message?.text.match(/\((http[^)]+\/devices\?notification=[^)]+)\)/)?.[1] ?? '';
  await enter('viewer');
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^3 of \d+ devices$/);
  await becomes('idle');
});

test('refuses an address that is not allowed with its reason, and shows the secret of a webhook once', async ({
  page,
  enter,
}) => {
  await enter('admin');
  await page.goto('/alerts');
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
