import type { APIRequestContext, BrowserContext, Page } from '@playwright/test';
import { type Account, expect, test } from '../support/app.ts';
import { openApp } from '../support/app-process.ts';
import { serviceOf } from '../support/inventory.ts';
import { requestsAs } from '../support/request-as.ts';
import { en, problemTexts } from '../support/texts.ts';

const words = en.doctor;
const issueTexts = en.systemIssues.catalogue;

/** The service issue at the top of the admin page. */
const top = (page: Page) =>
  page
    .getByRole('region', { name: en.systemIssues.title })
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading') })
    .first();

const part = (page: Page) => page.getByRole('region', { name: words.title });

/** The row of a step in what the check found. */
const step = (page: Page, name: keyof typeof words.steps) =>
  part(page)
    .getByRole('list', { name: words.result })
    .getByRole('listitem')
    .filter({ has: page.getByText(words.steps[name], { exact: true }) })
    .first();

async function check(page: Page, url = ''): Promise<void> {
  await page.goto(`${url}/admin`);
  await part(page).getByRole('button', { name: words.start }).click();
  await part(page)
    .getByRole('button', { name: words.confirm })
    .or(part(page).getByRole('button', { name: words.confirmFree }))
    .click();
  await expect(part(page).getByRole('button', { name: words.copy })).toBeVisible({ timeout: 20_000 });
}

/** The number of health check calls in this month. */
async function checksBooked(api: (account: 'admin') => Promise<APIRequestContext>): Promise<number> {
  const { budget } = await serviceOf(await api('admin'));
  const checks = budget.byDay.filter(({ purpose }) => purpose === 'check');
  return checks.reduce((sum, { calls }) => sum + calls, 0);
}

test.describe('a correct installation', () => {
  test.beforeEach(({ enter }) => enter('admin'));

  test('shows the cost of a health check, makes no more calls, counts them and audits who ran it', async ({
    page,
    app,
    api,
  }) => {
    // Errors of earlier tests end with the next successful answer.
    const support = await api('support');
    expect((await support.get('/api/v1/devices/query?deviceId=1234&fresh=true')).ok()).toBe(true);
    await page.goto('/admin');
    await expect(page.getByRole('region', { name: en.systemIssues.title })).toContainText(
      en.systemIssues.none,
    );
    await expect(part(page)).toContainText(/at most 2 calls of this month; [\d,]+ left/);
    const booked = await checksBooked(api);
    await app.simulator.control('DELETE', '/calls');
    await check(page);
    await expect(part(page).getByRole('status')).toContainText(words.well);
    expect(await app.simulator.control('GET', '/calls')).toMatchObject({ counted: 2 });
    expect(await checksBooked(api)).toBe(booked + 2);
    await page.goto('/admin/audit');
    await expect(page.getByRole('main')).toContainText(en.audit.actions['connection-checked']);
  });

  test('shows that DingTalk’s quota is used up at the top of the page and in the health check with evidence', async ({
    page,
    app,
    api,
  }) => {
    await app.simulator.control('PUT', '/faults', { path: '/v1.0/rooms/devices', fault: 'quota' });
    const support = await api('support');
    const unseen = await app.unseenDevice();
    expect((await support.get(`/api/v1/devices/query?deviceId=${unseen}`)).ok()).toBe(false);
    await check(page);
    await expect(top(page).getByRole('heading')).toContainText(issueTexts['quota-gone'].title);
    await expect(top(page)).toContainText('ApiCountLimitForOrg');
    await expect(top(page)).toContainText(issueTexts['quota-gone'].screen);
    await expect(step(page, 'quota')).toContainText(issueTexts['quota-gone'].title);
    await expect(step(page, 'quota')).toContainText('HTTP 403 Forbidden.AccessDenied.ApiCountLimitForOrg');
    await expect(step(page, 'operator')).toContainText(words.states['not-asked']);
    await app.simulator.control('DELETE', '/faults');
    expect((await support.get('/api/v1/devices/query?deviceId=1234&fresh=true')).ok()).toBe(true);
    await page.goto('/admin');
    await expect(page.getByRole('region', { name: en.systemIssues.title })).toContainText(
      en.systemIssues.none,
    );
  });

  test('copies the result as text without secrets', async ({ page, context, app }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await app.simulator.control('PUT', '/faults', { path: '/v1.0/rooms/meetingRoomLists', fault: 'scope' });
    await check(page);
    await expect(step(page, 'scope')).toContainText('VideoConference.Conference.Read: missing');
    await part(page).getByRole('button', { name: words.copy }).click();
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(copied).toContain(`NO  ${words.steps.scope}: ${issueTexts['scope-missing'].title}`);
    const text = await copied();
    expect(text).toContain(issueTexts['scope-missing'].screen);
    expect(text).toContain(`--  ${words.steps.operator}`);
    expect(text).not.toContain('simulator-secret');
    await page.evaluate(() => navigator.clipboard.writeText(''));
  });

  test('shows the error that support sees on a device page at the top of the admin page: the organization’s calls are used up', async ({
    page,
    app,
    enter,
  }) => {
    await enter('support');
    await page.goto('/devices/1234');
    await expect(page.getByRole('article')).toBeVisible();
    await app.simulator.control('PUT', '/faults', { path: '/v1.0/rooms/devices', fault: 'quota' });
    await page.getByRole('button', { name: en.device.refresh }).click();
    const first = page.getByRole('article').getByRole('heading', { level: 2 }).first();
    await expect(first).toHaveText(problemTexts('dingtalk-budget-spent.organisation-quota').title);
  });
});

/** A server of its own with a wrong setting. */
async function openWrong(env: Record<string, string>, context: BrowserContext) {
  const { app, close } = await openApp({ env });
  const enter = async (account: Account) => {
    const person = await requestsAs(account, app.url);
    await context.addCookies((await person.storageState()).cookies);
    await person.dispose();
  };
  return { url: app.url, enter, close };
}

test('a wrong operator is shown to support on the device page, to admins on the admin page, and by the health check', async ({
  page,
  context,
}) => {
  test.setTimeout(90_000);
  const wrong = await openWrong({ DINGTALK_OPERATOR_UNION_ID: 'simOutsiderUnionId' }, context);
  await wrong.enter('support');
  await page.goto(`${wrong.url}/devices/1234`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    problemTexts('dingtalk-refused.operator').title,
  );
  await wrong.enter('admin');
  await check(page, wrong.url);
  await expect(top(page).getByRole('heading')).toContainText(issueTexts['operator-refused'].title);
  await expect(top(page)).toContainText('no.permission');
  await expect(step(page, 'operator')).toContainText(issueTexts['operator-refused'].title);
  await expect(step(page, 'scope')).toContainText('VideoConference.Conference.Read: granted');
  await wrong.close();
});

test('a wrong secret fails the credentials step of the health check, and later steps are skipped', async ({
  page,
  context,
}) => {
  test.setTimeout(90_000);
  const wrong = await openWrong({ DINGTALK_CLIENT_SECRET: 'not-the-secret' }, context);
  await wrong.enter('admin');
  await check(page, wrong.url);
  await expect(step(page, 'credentials')).toContainText(issueTexts['credentials-refused'].title);
  await expect(step(page, 'token')).toContainText(words.states['not-asked']);
  await expect(top(page).getByRole('heading')).toContainText(issueTexts['credentials-refused'].title);
  await expect(page.getByRole('main')).not.toContainText('not-the-secret');
  await wrong.close();
});
