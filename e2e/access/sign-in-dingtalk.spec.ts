import type { Page } from '@playwright/test';
import { expect, loseSession, test } from '../support/app.ts';
import { openApp } from '../support/app-process.ts';
import { en } from '../support/texts.ts';

test.use({ appOptions: { env: { ADMINS: 'simAdminUnionId', SUPPORT: 'dingtalk:simSupportUnionId' } } });

/** From Rooms Desk to DingTalk's page, where one person's button is pressed. */
async function comeAs(page: Page, person: string, from = '/'): Promise<void> {
  await page.goto(from);
  await page.getByRole('button', { name: en.signIn.dingtalk }).click();
  await page.getByRole('link', { name: person }).click();
}

/** From Rooms Desk to DingTalk's page, where the address of a person's button is changed before it is followed. */
async function comeBy(page: Page, changed: Record<string, string>): Promise<void> {
  const choice = new URL(await addressOf(page, '李志远'));
  for (const [name, value] of Object.entries(changed)) choice.searchParams.set(name, value);
  await page.goto(choice.href);
}

async function addressOf(page: Page, person: string): Promise<string> {
  await page.goto('/');
  await page.getByRole('button', { name: en.signIn.dingtalk }).click();
  const href = await page.getByRole('link', { name: person }).getAttribute('href');
  return new URL(href ?? '', page.url()).href;
}

const refusal = (page: Page) => page.getByRole('main').getByRole('alert');

for (const returns of ['code', 'authCode', 'both']) {
  test(`a deep link survives DingTalk’s page when it answers with ${returns}`, async ({ page, app }) => {
    await app.simulator.control('PUT', '/sign-in', { returns });
    await comeAs(page, '李志远', '/devices/1234');
    await expect(page).toHaveURL(`${app.url}/devices/1234`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('DingTalk Meeting Device_xxxx');
    await expect(page.getByRole('button', { name: en.device.refresh })).toBeVisible();
  });
}

const ROLES: [person: string, role: string][] = [
  ['陈若兰', 'admin'],
  ['李志远', 'support'],
  ['赵小雨', 'viewer'],
  ['孙默', 'viewer'],
];

for (const [person, role] of ROLES) {
  test(`${person} signs in as ${role}`, async ({ page, app }) => {
    await comeAs(page, person);
    await expect(page).toHaveURL(`${app.url}/`);
    await expect(page.getByTitle(`Signed in as ${person}, ${role}`).first()).toBeVisible();
  });
}

const NOT_LET_IN: [who: string, person: string, words: string][] = [
  ['a person who declines', 'Refuse', en.signIn.errors.cancelled],
  ['an external contact', '周外联', en.signIn.errors['not-an-employee']],
];

for (const [who, person, words] of NOT_LET_IN) {
  test(`${who} is refused and sees why`, async ({ page, context }) => {
    await comeAs(page, person, '/devices/1234');
    await expect(refusal(page)).toHaveText(words);
    expect((await context.cookies()).filter(({ name }) => name.endsWith('session'))).toEqual([]);
    await expect(page.getByRole('button', { name: en.signIn.dingtalk }), 'another try').toBeVisible();
    await page.goto('/devices/1234');
    await expect(page).toHaveURL(/\/sign-in/);
  });
}

test('after a refusal, the deep link still leads back', async ({ page, app }) => {
  await comeAs(page, 'Refuse', '/devices/1234');
  await expect(refusal(page)).toHaveText(en.signIn.errors.cancelled);
  await page.getByRole('button', { name: en.signIn.dingtalk }).click();
  await page.getByRole('link', { name: '李志远' }).click();
  await expect(page).toHaveURL(`${app.url}/devices/1234`);
});

test('refuses a person of another organization and shows why', async ({ page }) => {
  await comeBy(page, { person: 'simStrangerUnionId' });
  await expect(refusal(page)).toHaveText(en.signIn.errors['other-organisation']);
  expect((await page.request.get('/api/v1/devices/query?deviceId=1234')).status()).toBe(401);
});

test('refuses an answer with another state than the one that was sent', async ({ page, app }) => {
  await comeBy(page, { state: 'somebody-elses-state' });
  await expect(refusal(page)).toHaveText(en.signIn.errors.state);
  await expect(page).toHaveURL(new RegExp(`^${app.url}/sign-in`));
  expect((await page.request.get('/api/v1/devices/query?deviceId=1234')).status()).toBe(401);
});

test('refuses an answer that this browser did not ask for', async ({ page, app }) => {
  const { code } = (await app.simulator.control('POST', '/codes', {
    unionId: 'simAdminUnionId',
    kind: 'browser',
  })) as { code: string };
  await page.goto(`/api/auth/callback/dingtalk?code=${code}&state=made-up`);
  await expect(refusal(page)).toBeVisible();
  expect((await page.request.get('/api/v1/devices/query?deviceId=1234')).status()).toBe(401);
});

test('explains that a code was used before', async ({ page, app }) => {
  const sent: string[] = [];
  page.on('request', (request) => sent.push(request.url()));
  await comeAs(page, '赵小雨');
  await expect(page).toHaveURL(`${app.url}/`);
  const landing = sent.find((url) => url.includes('/api/auth/callback/dingtalk?'));
  const used = new URL(landing ?? '').searchParams.get('code') ?? '';
  await loseSession(page);

  const state = new URL(await addressOf(page, '赵小雨')).searchParams.get('state') ?? '';
  await page.goto(`/api/auth/callback/dingtalk?${new URLSearchParams({ code: used, state })}`);
  await expect(refusal(page)).toHaveText(en.signIn.errors['code-refused']);
});

test('explains an error of DingTalk during sign-in', async ({ page, app }) => {
  await app.simulator.control('PUT', '/faults', { path: '/v1.0/oauth2/userAccessToken', fault: 'html-200' });
  await comeAs(page, '李志远');
  const { title, hint } = en.problems['dingtalk-confused']['not-json'];
  const words = en.signIn.errors.upstream.replace('{title}', title).replace('{hint}', hint);
  await expect(refusal(page)).toHaveText(words);
});

for (const [fault, args] of [
  ['html-200', {}],
  ['redirect', {}],
  ['json-200', { body: { errcode: 404, errmsg: 'x' } }],
  ['errcode-200', { errcode: 88, sub_code: '40014' }],
] as const) {
  test(`an old-style host that answers ${fault} ${JSON.stringify(args)} keeps no employee out, and admins see a service issue`, async ({
    page,
    app,
    enter,
  }) => {
    await app.simulator.control('PUT', '/faults', { path: '/topapi/user/getbyunionid', fault, ...args });
    await comeAs(page, '李志远');
    await expect(page).toHaveURL(`${app.url}/`);
    await expect(page.getByTitle('Signed in as 李志远, support').first()).toBeVisible();
    expect(app.logs()).toContain('employment not checked');
    await enter('admin');
    await page.goto('/admin');
    const issue = page.locator('[data-trouble=old-api-wrong-host]');
    await expect(issue).toContainText(en.systemIssues.catalogue['old-api-wrong-host'].title);
    await expect(issue).toContainText(`DINGTALK_OAPI_ORIGIN: ${app.simulator.origin}`);
  });
}

test('refuses sign-in when the old-style host does not answer and no organization is configured, and names the settings', async ({
  page,
}) => {
  const { app, close } = await openApp({ env: { DINGTALK_CORP_ID: '' } });
  await app.simulator.control('PUT', '/faults', { path: '/topapi/user/getbyunionid', fault: 'html-200' });
  await comeAs(page, '李志远', app.url);
  await expect(refusal(page)).toHaveText(en.signIn.errors['not-checked']);
  await expect(refusal(page)).toContainText('DINGTALK_CORP_ID');
  await close();
});
