import type { APIRequestContext } from '@playwright/test';
import { type App, expect, test } from '../support/app.ts';
import { en } from '../support/texts.ts';

const words = en.alerts;

/** Five pushes a month, so that a few robot messages use them up. */
test.use({
  appOptions: {
    env: { INSTANCE_ROLE: 'all', DINGTALK_MONTHLY_EVENTS: '5' },
    simulatorArgs: ['--rooms', '5'],
  },
});

async function addRobot(admin: APIRequestContext, { simulator }: App, name: string, token: string) {
  const url = `${simulator.origin}/robot/send?access_token=${token}`;
  const data = { kind: 'robot', name, locale: 'en', zone: 'UTC', url };
  const answer = await admin.post('/api/v1/alerts/channels', { data });
  expect(answer.status()).toBe(201);
  const { channelId } = (await answer.json()) as { channelId: string };
  return async () =>
    (await (await admin.post(`/api/v1/alerts/channels/${channelId}/test`, { data: {} })).json()) as {
      ok: boolean;
      answer: string;
    };
}

test('the alerts page shows the error of a robot, and that robots send digests or nothing while pushes run short', async ({
  page,
  app,
  enter,
  api,
}) => {
  const admin = await api('admin');
  await app.simulator.control('PUT', '/robots/simulatedkeywordrobot', { keywords: ['Ticket'] });
  const refused = await addRobot(admin, app, 'Wrong keyword', 'simulatedkeywordrobot');
  const accepted = await addRobot(admin, app, 'On duty', 'simulatedtextrobot');
  expect(await refused()).toMatchObject({ ok: false, answer: expect.stringContaining('310000') });
  for (let nth = 0; nth < 4; nth += 1) expect(await accepted()).toMatchObject({ ok: true });

  await enter('admin');
  await page.goto('/alerts');
  const channels = page.getByRole('region', { name: words.channels.title, exact: true });
  const fault = channels.locator('[data-fault]');
  await expect(fault).toHaveCount(1);
  await expect(fault).toHaveAttribute('data-fault', 'robot-keywords');
  await expect(fault).toContainText(words.faults['robot-keywords']);
  await expect(page.locator('[data-robots]')).toHaveAttribute('data-robots', 'digest');
  await expect(page.locator('[data-robots]')).toContainText('4 of 5 used');

  await page.goto('/admin');
  await expect(page.locator('[data-trouble="pushes-short"]')).toBeVisible();
  await expect(page.getByText('0 events, 4 robot messages')).toBeVisible();

  expect(await accepted()).toMatchObject({ ok: true });
  expect(await accepted()).toMatchObject({ ok: false, answer: expect.stringContaining('used up') });
  expect((await app.simulator.control<{ messages: unknown[] }>('GET', '/robots')).messages).toHaveLength(5);
  await page.goto('/alerts');
  await expect(page.locator('[data-robots]')).toHaveAttribute('data-robots', 'spent');
  await page.goto('/admin');
  await expect(page.locator('[data-trouble="pushes-spent"]')).toBeVisible();
});
