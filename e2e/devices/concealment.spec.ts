import type { APIRequestContext, APIResponse } from '@playwright/test';
import { expect, test } from '../support/app.ts';
import { openStream } from '../support/event-stream.ts';
import { KNOWING, untilFound } from '../support/inventory.ts';

test.use({ appOptions: KNOWING });

/** What identifies a device or where it is in the network: for support, not for a viewer. */
type Identity = { serial: string; mac: string; unionId: string; ip: string };

let identities: string[] = [];

test.beforeAll(async ({ api }) => {
  await untilFound(await api('admin'));
  const support = await api('support');
  const values: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: { items: (Omit<Identity, 'ip'> & { network: { ip: string } })[]; nextCursor: string | null } =
      await (await support.get(`/api/v1/devices?limit=200${cursor && `&cursor=${cursor}`}`)).json();
    for (const { serial, mac, unionId, network } of page.items) values.push(serial, mac, unionId, network.ip);
    cursor = page.nextCursor;
  }
  // A value as short as a number would match anything.
  identities = [...new Set(values.filter((value) => value && value.length >= 8))];
  expect(identities.length).toBeGreaterThan(1_500);
});

/** All pages of the lists as bytes: their content and their cursors. */
async function everyByteOf(request: APIRequestContext, address: string): Promise<string> {
  const texts: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const response: APIResponse = await request.get(address + (cursor && `&cursor=${cursor}`));
    expect(response.status(), address).toBe(200);
    const text: string = await response.text();
    cursor = (JSON.parse(text) as { nextCursor?: string | null }).nextCursor ?? null;
    texts.push(text, cursor === null ? '' : Buffer.from(cursor, 'base64url').toString());
  }
  return texts.join('\n');
}

const foundIn = (text: string) => identities.filter((value) => text.includes(value)).slice(0, 3);

test('no list, page, search or event identifies a device to a viewer', async ({ api, app }) => {
  const viewer = await api('viewer');
  const lists = [
    '/api/v1/devices?limit=200',
    '/api/v1/devices?limit=200&sort=-since',
    '/api/v1/rooms?limit=200',
  ];
  for (const address of [
    ...lists,
    '/api/v1/search?q=Room',
    '/api/v1/search?q=1234',
    '/api/v1/room-groups?',
  ]) {
    expect(foundIn(await everyByteOf(viewer, address)), address).toEqual([]);
  }
  const { deviceId, roomId } = await app.scenario('wired');
  for (const path of ['/devices', '/rooms', `/rooms/${roomId}`, `/devices/${deviceId}`, '/', '/admin']) {
    for (const headers of [{}, { RSC: '1' }] as Record<string, string>[]) {
      expect(foundIn(await (await viewer.get(path, { headers })).text()), path).toEqual([]);
    }
  }
  for (const path of [`/api/v1/rooms/${roomId}`, `/api/v1/devices/${deviceId}`, '/api/v1/at-hand']) {
    const text = await (await viewer.get(path)).text();
    expect(foundIn(text), path).toEqual([]);
  }
  const stream = await openStream(app.url, viewer, { since: 0 });
  await stream.until(({ event }) => event === 'reading' || event === 'reset');
  expect(foundIn(JSON.stringify(stream.events))).toEqual([]);
  stream.close();
});

test('support finds the same values in the same lists', async ({ api }) => {
  const support = await api('support');
  for (const address of ['/api/v1/devices?limit=200', '/api/v1/rooms?limit=200']) {
    expect(foundIn(await everyByteOf(support, address)), address).toHaveLength(3);
  }
});

test('a viewer cannot find a serial number, MAC or IP address by searching', async ({ api, app }) => {
  const [viewer, support] = await Promise.all([api('viewer'), api('support')]);
  const { deviceId } = await app.scenario('wired');
  const { items } = await (await support.get(`/api/v1/devices?q=${deviceId}`)).json();
  const { serial, mac, unionId, network } = items[0] as Identity & { network: { ip: string } };
  const ask = async (person: APIRequestContext, text: string) => {
    const q = encodeURIComponent(text);
    const [list, search] = await Promise.all([
      person.get(`/api/v1/devices?q=${q}`),
      person.get(`/api/v1/search?q=${q}`),
    ]);
    const { matches, unknownIds } = await search.json();
    return [(await list.json()).total, matches.length, unknownIds.length];
  };
  for (const text of [serial, mac, network.ip, unionId, serial.slice(0, 8), mac.slice(0, 11)]) {
    expect(await ask(viewer, text), text).toEqual([0, 0, 0]);
    expect((await ask(support, text))[1], text).toBeGreaterThan(0);
  }
  expect((await ask(viewer, deviceId))[1], 'a device ID is public').toBe(1);
});

test('no page or response tells a viewer whether a device has a given union ID', async ({ api, app }) => {
  const { deviceId, deviceUnionId } = await app.scenario('wired');
  const [viewer, support] = await Promise.all([api('viewer'), api('support')]);
  expect((await support.get(`/api/v1/devices/query?deviceUnionId=${deviceUnionId}`)).status()).toBe(200);
  const ask = async (path: string) => {
    const said = await viewer.get(path);
    return [said.status(), ((await said.json()) as { reason: string }).reason];
  };
  for (const path of [
    '/api/v1/devices/query?deviceUnionId=',
    '/api/v1/devices/compare?right=1234&left=',
    '/api/v1/devices/compare?left=1234&right=',
  ]) {
    expect(await ask(path + deviceUnionId), path).toEqual(await ask(`${path}nobodyKnowsThis1`));
  }
  const page = await viewer.get(`/devices/union/${deviceUnionId}`);
  expect(page.status()).toBe(200);
  expect(await page.text()).not.toContain(deviceId);
});

test('a viewer cannot download a file', async ({ api }) => {
  const response = await (await api('viewer')).get('/api/v1/devices.csv');
  expect(response.status()).toBe(403);
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({ code: 'not-permitted', reason: 'not-permitted.role' });
  expect(foundIn(text)).toEqual([]);
});

test('no list contains a cast code or a SIP account, not even for an admin', async ({ api, app }) => {
  const { deviceId } = await app.scenario('wired');
  const before = await app.simulator.control<Record<string, unknown>>('GET', `/devices/${deviceId}`);
  const secrets = { shareCode: '736251', sipAccountName: 'sip-canary-list-9' };
  await app.simulator.control('PATCH', `/devices/${deviceId}`, secrets);
  const admin = await api('admin');
  const asked = await admin.get(`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`);
  expect(asked.status()).toBe(200);
  for (const account of ['viewer', 'support', 'admin'] as const) {
    const person = await api(account);
    const texts = await Promise.all([
      ...['/api/v1/devices?limit=200', '/api/v1/rooms?limit=200'].map((each) => everyByteOf(person, each)),
      ...['/api/v1/search?q=Room', '/api/v1/devices.csv'].map(async (each) =>
        (await person.get(each)).text(),
      ),
    ]);
    for (const secret of Object.values(secrets))
      expect(texts.join('\n').includes(secret), account).toBe(false);
  }
  for (const account of ['viewer', 'support', 'admin'] as const) {
    for (const q of Object.values(secrets)) {
      const said = await (await api(account)).post('/api/v1/search', { data: { q } });
      expect((await said.json()).matches, `${account} by ${q}`).toEqual([]);
      const list = await (await api(account)).get(`/api/v1/devices?q=${q}`);
      expect((await list.json()).items, `${account} in the list by ${q}`).toEqual([]);
    }
  }
  const { shareCode = null, sipAccountName = null } = before;
  await app.simulator.control('PATCH', `/devices/${deviceId}`, { shareCode, sipAccountName });
});
