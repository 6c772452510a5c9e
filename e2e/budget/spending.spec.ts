import { deviceIdOf, refOf } from '../simulator/world/identities.ts';
import { expect, loseSession, test } from '../support/app.ts';
import { openInstance, openSimulator } from '../support/app-process.ts';
import { eventEnvironment, openTransport, untilAcknowledged } from '../support/events.ts';
import { metered, untilFound } from '../support/inventory.ts';
import { requestsAs } from '../support/request-as.ts';
import { en } from '../support/texts.ts';

const deviceAt = (index: number) => deviceIdOf(7, refOf(index));
const query = (deviceId: string) => `/api/v1/devices/query?deviceId=${deviceId}`;
/** The beginning of a text, up to its first value. */
const startOf = (text: string) => text.split('{')[0] ?? '';

test('device pages that open while the event stream is open spend no call, and Refresh spends one', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const { simulator, close } = await openSimulator(['--rooms', '40', '--qps', '0', '--monthly', '1000000']);
  const env = { ...eventEnvironment('stream'), DINGTALK_QPS: '60', FRESH_FOR_SECONDS: '1' };
  const app = await openInstance(simulator, { env });
  const [admin, support] = await Promise.all([requestsAs('admin', app.url), requestsAs('support', app.url)]);
  await untilFound(admin);
  await openTransport({ url: app.url, simulator }, 'stream');
  const [deviceWithEvents, other] = [deviceAt(3), deviceAt(4)];
  const properties = { dev_app_status: 'conf_running' };
  await simulator.control('POST', '/events', { type: 'property', deviceId: deviceWithEvents, properties });
  await untilAcknowledged(simulator, 1);
  for (const id of [deviceWithEvents, other]) await support.get(`${query(id)}&fresh=true`);
  const ageOf = async () => (await (await support.get(`/api/v1/devices/${other}`)).json()).ageMs;
  await expect.poll(ageOf, 'older than what is fresh by its age').toBeGreaterThan(1_000);
  await simulator.control('DELETE', '/calls');
  await context.addCookies((await support.storageState()).cookies);
  for (let opened = 0; opened < 10; opened += 1) {
    await page.goto(`${app.url}/devices/${opened % 2 ? deviceWithEvents : other}`);
    await expect(page.getByRole('button', { name: en.device.refresh })).toBeEnabled();
    expect(await (await support.get(query(deviceWithEvents))).json()).toMatchObject({ source: 'shared' });
  }
  const calls = async () => (await metered(simulator)).calls;
  expect(await calls()).toBe(0);
  const refresh = page.getByRole('button', { name: en.device.refresh });
  await expect(refresh).toContainText(en.device.refreshCost);
  await refresh.click();
  await expect.poll(calls).toBe(1);

  // The status of a list row is from the event, and so is its age.
  await simulator.control('POST', '/events', {
    type: 'property',
    deviceId: deviceWithEvents,
    properties: { dev_app_status: 'idle' },
  });
  await untilAcknowledged(simulator, 2);
  await page.goto(app.url);
  await page.getByRole('textbox', { name: en.home.label }).fill(deviceWithEvents);
  const card = page.getByRole('option').filter({ hasText: deviceWithEvents });
  await expect(card).toContainText(en.status.idle);
  await expect(card).toContainText(startOf(en.device.event));
  await Promise.all([admin.dispose(), support.dispose()]);
  await app.close();
  await close();
});

test('the page shows a short month, a used daily share, the cost of a refresh and who spent how many calls', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const { simulator, close } = await openSimulator(['--rooms', '60', '--qps', '0']);
  const env = { DINGTALK_MONTHLY_CALLS: '40', DINGTALK_QPS: '60', FRESH_FOR_SECONDS: '1' };
  const app = await openInstance(simulator, { env });
  const [admin, support] = await Promise.all([requestsAs('admin', app.url), requestsAs('support', app.url)]);
  const known = deviceAt(1);
  for (let spent = 0; spent < 20; spent += 1) {
    const answer = await support.get(`${query(deviceAt(1 + spent))}&fresh=true`);
    expect(await answer.json()).toMatchObject({ source: 'live' });
  }
  for (let spent = 0; spent < 10; spent += 1) await admin.get(`${query(deviceAt(30 + spent))}&fresh=true`);
  const refused = await support.get(`${query(deviceAt(50))}&fresh=true`);
  expect(refused.status()).toBe(429);
  expect(Number(refused.headers()['retry-after'])).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({
    reason: 'too-many-questions.daily-share',
    values: { share: '20' },
  });
  const short = en.problems['dingtalk-budget-spent']['running-short'];
  // The reading is from the store: before the page knows that the month runs short, a query would spend a call.
  const left = async () => (await (await admin.get(`/api/v1/devices/${known}`)).json()).callsLeft;
  await expect.poll(left, 'shown with a delay of two seconds at most').toBe(10);

  await context.addCookies((await admin.storageState()).cookies);
  await page.goto(`${app.url}/devices/${known}`);
  await expect(page.getByRole('status').filter({ hasText: short.title })).toBeVisible();
  await expect(page.getByRole('button', { name: en.device.refresh })).toContainText('10 left this month');
  await page.goto(`${app.url}/devices/${deviceAt(51)}`);
  await expect(page.getByRole('heading', { level: 1, name: short.title })).toBeVisible();
  const ask = page.getByRole('button', { name: startOf(en.problem.query) });
  await expect(ask).toContainText('10 left');
  expect(await metered(simulator), 'no page has spent one').toMatchObject({ counted: 30 });
  await ask.click();
  await expect(page.getByRole('article')).toBeVisible();

  await loseSession(page);
  await context.addCookies((await support.storageState()).cookies);
  await page.goto(`${app.url}/devices/${known}`);
  await expect(page.getByText('0 of your 20 API calls left today')).toBeVisible();
  await page.getByRole('button', { name: en.device.refresh }).click();
  const share = en.problems['too-many-questions']['daily-share'];
  await expect(page.getByRole('status').filter({ hasText: share.title })).toBeVisible();

  await loseSession(page);
  await context.addCookies((await admin.storageState()).cookies);
  await page.goto(`${app.url}/admin`);
  const spenders = page.getByRole('region', { name: en.admin.spenders.title });
  await expect(spenders.getByRole('listitem').first()).toContainText('20 of 20 calls');
  await Promise.all([admin.dispose(), support.dispose()]);
  await app.close();
  await close();
});
