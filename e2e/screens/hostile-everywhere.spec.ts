import type { APIRequestContext } from '@playwright/test';
import { type Account, type App, expect } from '../support/app.ts';
import { untilAcknowledged } from '../support/events.ts';
import {
  HOSTILE_DEVICE,
  hostileFields,
  LONG,
  leaveHostileNote,
  RTL,
  sayHostile,
  script,
} from '../support/hostile.ts';
import { KNOWING, untilFound, untilRun } from '../support/inventory.ts';
import { guardedRoutes } from '../support/routes.ts';
import { LIST_SCREENS } from './list-screens.ts';
import { expectIntact, watch } from './page-integrity.ts';
import { checkScreens, test } from './screen-check.ts';

const env = { ...KNOWING.env, DINGTALK_EVENTS: 'stream' };
// Slightly more rooms and devices than a list shows at once: axe checks each of them.
const simulatorArgs = ['--rooms', '60', '--devices-per-room', '2', '--qps', '0', '--monthly', '1000000'];
test.use({ appOptions: { ...KNOWING, env, simulatorArgs, own: 'hostile everywhere' } });

/** The room for every dynamic segment in e2e/support/routes.ts, as the device is for others. */
const ROOM = '7263xxxxx';

let then = '';

test.beforeAll(async ({ app, api }) => {
  test.setTimeout(180_000);
  const [admin, support] = await Promise.all([api('admin'), api('support')]);
  const before = (await untilFound(admin)).discovery.run?.id;
  await sayHostile(app, support, hostileFields(7));
  then = new Date().toISOString();
  await sayHostile(app, support, { ...hostileFields(8), deviceName: `${LONG}${RTL}` });
  await sendHostileEvents(app);
  await sayHostile(app, support, hostileFields(9));
  await leaveHostileNote(support);
  await keepHostileViews(admin);
  await keepHostileViews(support);
  await saveHostileAlerts(admin);
  expect((await admin.post('/api/v1/system/discovery', { data: {} })).status()).toBe(202);
  await untilRun(admin, ({ id, state }) => id !== before && state === 'done', 90_000);
});

/** Anything that DingTalk could put into an event, of known and unknown types. */
async function sendHostileEvents({ simulator }: App): Promise<void> {
  const sendEvent = (event: object) => simulator.control('POST', '/events', event);
  await sendEvent({ type: 'room', roomId: ROOM, change: 'update', roomName: `${script(10)}${RTL}${LONG}` });
  const alarm = { type: 'alarm', deviceId: HOSTILE_DEVICE, rule: 'camera', status: 'open' };
  await sendEvent({ ...alarm, description: `${script(11)}${RTL}` });
  await sendEvent({
    type: 'property',
    deviceId: HOSTILE_DEVICE,
    properties: { dev_net_ip: `${RTL}${script(12)}` },
  });
  await sendEvent({ type: 'unknown', eventType: `<b>${RTL}${script(13)}`, eventId: `${RTL}${script(14)}` });
  await untilAcknowledged(simulator, 4);
}

async function keepHostileViews(person: APIRequestContext): Promise<void> {
  const view = { name: `${script(15)}${RTL}view`, path: '/devices?status=offline' };
  expect((await person.post('/api/v1/views', { data: view })).status()).toBe(201);
}

/** Names given by admins, and a silenced device. */
async function saveHostileAlerts(admin: APIRequestContext): Promise<void> {
  const post = async (path: string, data: object) =>
    expect((await admin.post(`/api/v1/alerts/${path}`, { data })).status(), path).toBe(201);
  const name = `${script(18)}${RTL}`;
  const url = 'http://127.0.0.1:9/';
  await post('channels', { kind: 'webhook', name, locale: 'en', zone: 'UTC', url });
  const [from, until] = [0, 3_600_000].map((ms) => new Date(Date.now() + ms).toISOString());
  const scope = { everything: false, devices: [HOSTILE_DEVICE] };
  await post('silences', { scope, codes: null, when: { kind: 'once', from, until }, reason: name });
}

/** The role that sees most of a page. */
const readerOf = (pattern: string): Account => (/^\/(admin|alerts)\b/.test(pattern) ? 'admin' : 'support');
/** Pages on which the hostile device, its room or its event is visible immediately. */
const SHOWS_IT = /^\/(devices|rooms|admin|alerts)(\/\[|$)|^\/devices\/union/;

/** The addresses of a page and who opens them: the role that sees most of it, and a viewer. */
function openings(allowed: Account[], reader: Account) {
  const words = encodeURIComponent(`${script(16)}${RTL}'"--`);
  const [past, found, nonsense] = [`?at=${then}`, `?q=${words}`, `?status=${words}&at=${words}`];
  const isForViewers = allowed.includes('viewer');
  const byReader = isForViewers ? ['', past, found] : ['', past, found, nonsense];
  // A viewer gets only the refusal of a page for other roles.
  const byViewer = isForViewers ? [past, nonsense] : [''];
  return [
    ...byReader.map((search) => ({ account: reader, search })),
    ...byViewer.map((search) => ({ account: 'viewer' as const, search })),
  ];
}

for (const { pattern, path, allowed } of guardedRoutes().pages) {
  test(`${pattern} and its snapshot show hostile text as text`, async ({ page, app, enter }) => {
    const reader = readerOf(pattern);
    const watched = await watch(page, app.url);
    for (const { account, search } of openings(allowed, reader)) {
      await enter(account);
      await page.goto(path + search);
      await page.getByRole('heading', { level: 1 }).waitFor();
      const shows = search === '' && SHOWS_IT.test(pattern) && account === reader;
      if (shows) await expect(page.getByRole('main')).toContainText('hacked');
      await expectIntact(page, watched, `${path}${search} for a ${account}`);
    }
  });
}

checkScreens(LIST_SCREENS);

test('the palette finds the hostile device and shows it as text', async ({ page, app, enter }) => {
  await enter('admin');
  const watched = await watch(page, app.url);
  await page.goto('/devices');
  await page.getByRole('heading', { level: 1 }).waitFor();
  const box = page.getByRole('dialog').getByRole('textbox');
  await expect(async () => {
    await page.keyboard.press('Control+k');
    await expect(box).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await box.fill(`device id ${HOSTILE_DEVICE}\n${script(17)}${RTL}`);
  await expect(page.getByRole('option').first()).toContainText('onerror');
  await expectIntact(page, watched, 'palette');
});

test('no cell of a file begins with a formula', async ({ api }) => {
  const response = await (await api('support')).get('/api/v1/devices.csv');
  const text = (await response.body()).toString('utf8').slice(1);
  expect(text).toContain('onerror');
  expect(text, 'the hostile software version').toContain('cmd|');
  expect(text.match(/(^|,|\r\n)"?[=+\-@\t]/g) ?? []).toEqual([]);
});

// Copied summaries and QR codes contain the same values, so they are checked too.

test('a name of a megabyte is shown, listed and found without breaking a page', async ({
  page,
  app,
  enter,
  api,
}) => {
  const { deviceId } = await app.scenario('casting');
  const kept = await app.simulator.control<{ deviceName: string }>('GET', `/devices/${deviceId}`);
  const set = async (deviceName: string) => {
    await app.simulator.control('PATCH', `/devices/${deviceId}`, { deviceName });
    const support = await api('support');
    return support.get(`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`);
  };
  expect((await set('M'.repeat(900_000))).status()).toBe(200);
  await enter('support');
  const watched = await watch(page, app.url);
  for (const path of [`/devices/${deviceId}`, `/devices?q=${deviceId}`, '/']) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectIntact(page, watched, path);
  }
  expect((await set(kept.deviceName)).status()).toBe(200);
});
