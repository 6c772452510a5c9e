import type { APIRequestContext } from '@playwright/test';
import { type App, expect, signInAtDingTalk, test } from '../support/app.ts';
import { en, problemTexts } from '../support/texts.ts';

const OUTSIDER = 'simOutsiderUnionId';
const SUPPORT_PERSON = 'simSupportUnionId';
const TOKEN_CALL = 'POST /v1.0/oauth2/{corpId}/token';

test.use({ appOptions: { env: { FRESH_FOR_SECONDS: '600', SUPPORT: `${OUTSIDER},${SUPPORT_PERSON}` } } });

const forget = (app: App) => app.simulator.control('DELETE', '/calls');
const query = (deviceId: string, more = '') => `/api/v1/devices/query?deviceId=${deviceId}${more}`;

async function sourceOf(request: APIRequestContext, deviceId: string, more = ''): Promise<string> {
  const response = await request.get(query(deviceId, more));
  expect(response.status()).toBe(200);
  return ((await response.json()) as { source: string }).source;
}

/** Sends a query many times at once, with as many connections as needed. Returns the statuses. */
async function askAtOnce(request: APIRequestContext, app: App, path: string, times: number) {
  const { cookies } = await request.storageState();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const one = async () => {
    const response = await fetch(`${app.url}${path}`, { headers: { cookie } });
    await response.arrayBuffer();
    return response.status;
  };
  return Promise.all(Array.from({ length: times }, one));
}

// This test is the first of the file, because only a server that has just started has no token.
test('10 simultaneous first queries fetch one token', async ({ app, api }) => {
  const request = await api('support');
  const devices = await Promise.all(Array.from({ length: 10 }, () => app.unseenDevice()));
  await app.simulator.control('PUT', '/limits', { latencyMs: 100 });
  await app.simulator.control('POST', '/tokens/revoke', { kind: 'app' });
  await forget(app);

  const sources = await Promise.all(devices.map((deviceId) => sourceOf(request, deviceId)));
  await app.simulator.control('PUT', '/limits', { latencyMs: 0 });
  expect(sources).toEqual(devices.map(() => 'live'));
  expect(await app.calls(TOKEN_CALL)).toBe(1);
});

test('1,000 simultaneous queries for one device make one call', async ({ app, api }) => {
  const deviceId = await app.unseenDevice();
  await forget(app);
  const statuses = await askAtOnce(await api('support'), app, query(deviceId), 1_000);
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
  expect(statuses).toHaveLength(1_000);
  expect(await app.calls()).toBe(1);
});

test('100 simultaneous forced queries make one call', async ({ app, api }) => {
  const deviceId = await app.unseenDevice();
  await app.simulator.control('PUT', '/faults', { path: '/v1.0/rooms/devices', fault: 'slow', ms: 1_500 });
  await forget(app);
  const statuses = await askAtOnce(await api('support'), app, query(deviceId, '&fresh=true'), 100);
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(await app.calls()).toBe(1);
});

test('a second query is shared without a call, and a forced one makes one', async ({ app, api }) => {
  const deviceId = await app.unseenDevice();
  const request = await api('support');
  await forget(app);
  expect(await sourceOf(request, deviceId)).toBe('live');
  expect(await sourceOf(request, deviceId)).toBe('shared');
  expect(await sourceOf(await api('admin'), deviceId)).toBe('shared');
  expect(await sourceOf(await api('viewer'), deviceId)).toBe('shared');
  expect(await app.calls()).toBe(1);
  expect(await sourceOf(request, deviceId, '&fresh=true')).toBe('live');
  expect(await app.calls()).toBe(2);
});

test('a device page that opens while the reading is fresh makes no call', async ({
  page,
  app,
  enter,
  api,
}) => {
  const deviceId = await app.unseenDevice();
  await sourceOf(await api('support'), deviceId);
  await forget(app);
  await enter('support');
  await page.goto(`/devices/${deviceId}`);
  await expect(page.getByRole('button', { name: en.device.refresh })).toBeEnabled();
  await page.getByRole('link', { name: en.app.name }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('attention');
  await page.goBack();
  await expect(page.getByRole('article')).toBeVisible();
  expect(await app.calls()).toBe(0);
});

test('queries of a person who signed in with DingTalk use their own union ID', async ({
  app,
  api,
  playwright,
}) => {
  const deviceId = await app.unseenDevice();
  await sourceOf(await api('support'), deviceId);
  const request = await playwright.request.newContext({ baseURL: app.url });
  await signInAtDingTalk(request, SUPPORT_PERSON);
  await forget(app);
  // The operator's reading is fresh, but DingTalk has not answered this person yet.
  expect(await sourceOf(request, deviceId)).toBe('live');
  expect(await sourceOf(request, deviceId)).toBe('shared');
  expect(await app.calls()).toBe(1);
  await request.dispose();
});

test('a person whom DingTalk refuses never sees what it answered another person', async ({
  page,
  context,
  app,
  playwright,
}) => {
  const { deviceId, deviceUnionId } = await app.scenario('wired');
  const other = await playwright.request.newContext({ baseURL: app.url });
  await signInAtDingTalk(other, SUPPORT_PERSON);
  const { device } = await (await other.get(query(deviceId))).json();
  await other.dispose();
  await signInAtDingTalk(context.request, OUTSIDER);

  const unasked = await context.request.get(`/api/v1/devices/${deviceId}`);
  expect(unasked.status(), 'not even before DingTalk has said no').toBe(404);
  const first = await context.request.get(query(deviceId));
  expect(first.status()).toBe(502);
  expect(await first.json()).toMatchObject({ code: 'dingtalk-refused', reason: 'dingtalk-refused.operator' });

  const again = [
    query(deviceId),
    query(deviceId, '&fresh=true'),
    `/api/v1/devices/query?deviceUnionId=${deviceUnionId}`,
    `/api/v1/devices/${deviceId}`,
    `/api/v1/devices/raw?deviceId=${deviceId}`,
    `/api/v1/devices/raw?deviceUnionId=${deviceUnionId}`,
    `/devices/${deviceId}`,
    `/devices/union/${deviceUnionId}`,
    '/',
  ];
  for (const path of again) {
    const text = await (await context.request.get(path)).text();
    expect(text.includes(device.serial), path).toBe(false);
    expect(text.includes(device.name), path).toBe(false);
  }
  await page.goto(`/devices/${deviceId}`);
  const words = problemTexts('dingtalk-refused.operator');
  await expect(page.getByRole('heading', { level: 1, name: words.title })).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText(device.name);
});
