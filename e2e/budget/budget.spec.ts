import { request } from '@playwright/test';
import { deviceIdOf, refOf } from '../simulator/world/identities.ts';
import { expect, test } from '../support/app.ts';
import { openInstance, openSimulator } from '../support/app-process.ts';
import { metered, pause, serviceOf, untilRun } from '../support/inventory.ts';
import { requestsAs } from '../support/request-as.ts';
import { en } from '../support/texts.ts';

const LIMIT = 300;
/** A quarter of the budget is reserved for manual refreshes; discovery may spend the rest. */
const OWN = 225;
/** At the end of the room list, so that discovery never reached it. */
const unseen = (at: number) => deviceIdOf(7, refOf(499 - at));

test('with 300 calls for 500 rooms, discovery stops at 225, manual refreshes go on to 300, and nothing exceeds 300', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const { simulator, close } = await openSimulator(['--rooms', '500', '--qps', '0']);
  const env = {
    INSTANCE_ROLE: 'all',
    DINGTALK_MONTHLY_CALLS: String(LIMIT),
    DINGTALK_QPS: '60',
    FRESH_FOR_SECONDS: '0',
  };
  const app = await openInstance(simulator, { env });
  const admin = await requestsAs('admin', app.url);
  // The rest belongs to everybody: no person or token may spend it alone.
  const tokens = await Promise.all(
    ['one', 'two', 'three'].map(async (name) => {
      const made = await admin.post('/api/v1/tokens', { data: { name, role: 'support', days: 1 } });
      return ((await made.json()) as { value: string }).value;
    }),
  );
  const program = await request.newContext({ baseURL: app.url });
  const ask = (deviceId: string, as = tokens[0]) =>
    program.get(`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`, {
      headers: { authorization: `Bearer ${as}` },
    });
  const paused = await untilRun(admin, ({ state }) => state === 'paused');
  expect(paused.discovery.run).toMatchObject({ pausedBy: 'dingtalk-budget-spent.reserve' });
  expect(paused.round).toMatchObject({ pausedBy: 'dingtalk-budget-spent.reserve', paceMs: null });
  expect(paused.budget).toMatchObject({ limit: LIMIT, reserve: LIMIT - OWN, spent: OWN, left: LIMIT - OWN });
  expect(await metered(simulator)).toMatchObject({ counted: OWN });

  await context.addCookies((await admin.storageState()).cookies);
  await page.goto(`${app.url}/admin`);
  const words = en.problems['dingtalk-budget-spent'].reserve;
  await expect(page.getByRole('main')).toContainText(words.title);

  const known = unseen(0);
  const first = await ask(known);
  expect(first.status()).toBe(200);
  expect(await first.json()).toMatchObject({ source: 'live', device: { deviceId: known } });
  for (let at = 1; at < LIMIT - OWN; at++) {
    expect((await ask(unseen(at), tokens[at % tokens.length])).status()).toBe(200);
  }
  expect((await serviceOf(admin)).budget).toMatchObject({ spent: LIMIT, left: 0 });

  const again = await ask(known);
  expect(again.status()).toBe(200);
  expect(await again.json()).toMatchObject({
    source: 'last-known',
    notice: { code: 'dingtalk-budget-spent', reason: 'dingtalk-budget-spent.own-limit', status: 503 },
  });
  const left = async () => ((await (await ask(known)).json()) as { callsLeft: number }).callsLeft;
  await expect.poll(left, 'said with a delay of two seconds at most').toBe(0);
  const unknown = await ask(unseen(100));
  expect(unknown.status()).toBe(503);
  expect(await unknown.json()).toMatchObject({
    code: 'dingtalk-budget-spent',
    reason: 'dingtalk-budget-spent.own-limit',
    values: { limit: String(LIMIT), resetsAt: expect.stringMatching(/T16:00:00\.000Z$/) },
  });
  await pause(6_000);
  expect(await metered(simulator), 'not one more').toMatchObject({ counted: LIMIT });
  expect((await serviceOf(admin)).budget.spent).toBe(LIMIT);

  await page.goto(`${app.url}/admin`);
  const top = page.getByRole('region', { name: en.systemIssues.title }).getByRole('heading').first();
  await expect(top).toContainText(en.systemIssues.catalogue['budget-spent'].title);

  await page.goto(`${app.url}/devices/${known}`);
  await page.getByRole('button', { name: en.device.refresh }).click();
  const message = en.problems['dingtalk-budget-spent']['own-limit'].title;
  await expect(page.getByRole('status').filter({ hasText: message })).toBeVisible();
  await Promise.all([admin.dispose(), program.dispose()]);
  await app.close();
  await close();
});

test('keeps the calls used of the monthly budget across a restart', async () => {
  const { mkdtempSync, rmSync } = await import('node:fs');
  const dataDir = mkdtempSync('/tmp/rooms-desk-month-');
  const { simulator, close } = await openSimulator(['--rooms', '40', '--qps', '0']);
  let asked = 0;
  const options = { dataDir, env: { DINGTALK_MONTHLY_CALLS: '2', FRESH_FOR_SECONDS: '0' } };
  // The budget allows one call before the restart and one after it.
  for (const statuses of [[200], [200, 503]]) {
    const app = await openInstance(simulator, options);
    const support = await requestsAs('support', app.url);
    for (const status of statuses) {
      asked += 1;
      const deviceId = deviceIdOf(7, refOf(30 - asked));
      const answer = await support.get(`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`);
      expect(answer.status(), `request ${asked}`).toBe(status);
    }
    await support.dispose();
    await app.close();
  }
  expect(await metered(simulator)).toMatchObject({ counted: 2 });
  await close();
  rmSync(dataDir, { recursive: true });
});
