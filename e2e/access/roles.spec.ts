import type { APIRequestContext } from '@playwright/test';
import { type Account, expect, test } from '../support/app.ts';
import { en, problemTexts } from '../support/texts.ts';

/** Values that only one role may see, so that every byte can be searched for them. */
const SECRETS = { shareCode: '918273', sipAccountName: 'sip-canary-5566' };
const IDENTITY = { deviceSn: '02cacanary77', devNetIp: '10.99.88.77', devUpgradeProgress: 'canary-87%' };
const CONTROLLER_CODE = '817263';

let deviceId = '';

test.beforeAll(async ({ app, api }) => {
  deviceId = (await app.scenario('wrongRoomController')).deviceId;
  const device = (await app.simulator.control('GET', `/devices/${deviceId}`)) as {
    controllers: Record<string, unknown>[];
  };
  const controllers = device.controllers.map((each) => ({ ...each, shareCode: CONTROLLER_CODE }));
  await app.simulator.control('PATCH', `/devices/${deviceId}`, { ...SECRETS, ...IDENTITY, controllers });
  const answer = await (await api('admin')).get(`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`);
  expect(answer.status()).toBe(200);
});

/**
 * Everything that the server sends this person about the device: JSON, HTML and the payload of the browser's router.
 */
async function everyByteFor(account: Account, api: (who: Account) => Promise<APIRequestContext>) {
  const request = await api(account);
  const rsc = { RSC: '1' };
  const answers = await Promise.all([
    request.get(`/api/v1/devices/query?deviceId=${deviceId}`),
    request.get(`/api/v1/devices/${deviceId}`),
    request.get(`/api/v1/devices/raw?deviceId=${deviceId}`),
    request.get(`/devices/${deviceId}`),
    request.get(`/devices/${deviceId}`, { headers: rsc }),
    request.get('/'),
    request.get('/', { headers: rsc }),
  ]);
  const mayReadRaw = account !== 'viewer';
  expect(answers.map((answer) => answer.status())).toEqual([
    200,
    200,
    mayReadRaw ? 200 : 403,
    200,
    200,
    200,
    200,
  ]);
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  expect(texts.join('\n')).toContain(deviceId);
  return texts.join('\n');
}

test('no response or page contains a cast code or a SIP account, not even for an admin', async ({ api }) => {
  const secrets = [...Object.values(SECRETS), CONTROLLER_CODE];
  for (const account of ['admin', 'support', 'viewer'] as const) {
    const bytes = await everyByteFor(account, api);
    // Booleans, so that a failure prints a line and not every byte.
    for (const secret of secrets) expect(bytes.includes(secret), `${account} and ${secret}`).toBe(false);
  }
});

test('support receives serial number, address and new fields, and a viewer does not', async ({ api }) => {
  const [support, viewer] = [await everyByteFor('support', api), await everyByteFor('viewer', api)];
  for (const value of Object.values(IDENTITY)) {
    expect(support.includes(value), `support and ${value}`).toBe(true);
    expect(viewer.includes(value), `viewer and ${value}`).toBe(false);
  }
});

test('support sees that the cast code is hidden, and why', async ({ page, enter }) => {
  await enter('support');
  await page.goto(`/devices/${deviceId}`);
  const sharing = page.getByRole('region', { name: en.device.sections.sharing });
  await expect(sharing.getByText(en.device.concealed, { exact: true })).toHaveCount(2);
  await expect(sharing.getByTitle(en.device.concealedWhy).first()).toBeVisible();
  await expect(sharing.getByRole('button', { name: /Show/ })).toHaveCount(0);
  expect(await page.content()).not.toContain(SECRETS.shareCode);
});

test('a viewer sees the status of a known device and may not query it', async ({ page, enter, app }) => {
  await app.simulator.control('DELETE', '/calls');
  await enter('viewer');
  await page.goto(`/devices/${deviceId}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText(en.status.label).first()).toBeAttached();
  await expect(page.getByRole('button', { name: en.device.refresh })).toHaveCount(0);
  await expect(page.getByRole('button', { name: en.problem.retry })).toHaveCount(0);
  await expect(page.getByText(en.device.raw, { exact: true })).toHaveCount(0);
  const identity = page.getByRole('region', { name: en.device.sections.identity });
  await expect(identity.getByText(en.device.concealed, { exact: true }).first()).toBeVisible();
  expect(await app.calls()).toBe(0);
});

test('a viewer who opens an unknown device sees whom to ask', async ({ page, enter, app }) => {
  await app.simulator.control('DELETE', '/calls');
  await enter('viewer');
  await page.goto(`/devices/${await app.unseenDevice()}`);
  const words = problemTexts('not-permitted.not-known-yet');
  await expect(page.getByRole('heading', { level: 1, name: words.title })).toBeVisible();
  await expect(page.getByText(words.hint)).toBeVisible();
  await expect(page.getByRole('button', { name: en.problem.retry })).toHaveCount(0);
  expect(await app.calls()).toBe(0);
});

test('a viewer may not force a query or read the raw response', async ({ api, app }) => {
  await app.simulator.control('DELETE', '/calls');
  const request = await api('viewer');
  const refused: [path: string, reason: string][] = [
    [`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`, 'not-permitted.live-question'],
    [`/api/v1/devices/query?deviceId=${await app.unseenDevice()}`, 'not-permitted.not-known-yet'],
    [`/api/v1/devices/raw?deviceId=${deviceId}`, 'not-permitted.role'],
  ];
  for (const [path, reason] of refused) {
    const response = await request.get(path);
    expect(response.status(), path).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'not-permitted', reason });
  }
  expect(await app.calls()).toBe(0);
});

test('the raw response is masked for an admin too', async ({ api }) => {
  const text = await (await (await api('admin')).get(`/api/v1/devices/raw?deviceId=${deviceId}`)).text();
  for (const secret of [...Object.values(SECRETS), CONTROLLER_CODE]) expect(text).not.toContain(secret);
  expect(text).toContain(IDENTITY.deviceSn);
});
