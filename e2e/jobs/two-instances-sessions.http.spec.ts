import pg from 'pg';
import { expect, signInAtDingTalk, test } from '../support/app.ts';
import { type Instance, openInstance, openSimulator, type Simulator } from '../support/app-process.ts';
import { openStream } from '../support/event-stream.ts';
import { pause } from '../support/inventory.ts';
import { requestsAs, signInByRequest } from '../support/request-as.ts';

let simulator: Simulator;
let closeSimulator: () => Promise<void>;
let database = '';
let here: Instance;
let there: Instance;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ newDatabase }) => {
  ({ simulator, close: closeSimulator } = await openSimulator(['--rooms', '10']));
  database = await newDatabase();
  const open = () => openInstance(simulator, { env: { DATABASE_URL: database } });
  [here, there] = await Promise.all([open(), open()]);
});
test.afterAll(async () => {
  await Promise.all([here?.close(), there?.close()]);
  await closeSimulator?.();
});

test('ending a session on one instance ends it on the other, with its event streams', async ({
  playwright,
}) => {
  const admin = await requestsAs('admin', here.url);
  const viewer = await playwright.request.newContext({ baseURL: there.url });
  await signInByRequest(viewer, 'viewer');
  const stream = await openStream(there.url, viewer);
  expect((await viewer.get('/api/v1/at-hand')).status(), 'it is remembered there').toBe(200);

  const ended = await admin.delete('/api/v1/people/sessions?subject=demo:viewer');
  expect(await ended.json()).toEqual({ ended: 1 });
  let isOpen = true;
  void stream.ended.then(() => {
    isOpen = false;
  });
  await expect
    .poll(async () => (await viewer.get('/api/v1/at-hand')).status(), { intervals: [100] })
    .toBe(401);
  await expect.poll(() => isOpen, 'the stream is open').toBe(false);
  await Promise.all([admin.dispose(), viewer.dispose()]);
});

test('a token that is revoked on one instance is soon refused on the other', async () => {
  const admin = await requestsAs('admin', here.url);
  const made = await admin.post('/api/v1/tokens', { data: { name: 'x', role: 'viewer', days: 1 } });
  const { value, token } = (await made.json()) as { value: string; token: { tokenId: string } };
  const ask = async () => {
    const headers = { authorization: `Bearer ${value}` };
    return (await fetch(`${there.url}/api/v1/at-hand`, { headers })).status;
  };
  expect(await ask()).toBe(200);
  await admin.delete(`/api/v1/tokens/${token.tokenId}`);
  await expect.poll(ask, { intervals: [100] }).toBe(401);
  await admin.dispose();
});

test('a person who left the organization is signed out at the next check on all instances', async ({
  playwright,
}) => {
  const person = await playwright.request.newContext({ baseURL: here.url });
  await signInAtDingTalk(person, 'simSupportUnionId');
  await simulator.control('DELETE', '/people/simSupportUnionId');
  await pause(1_200);
  expect((await person.get('/api/v1/at-hand')).status(), 'asked about an hour ago at most').toBe(200);

  // As if that hour had passed.
  const client = new pg.Client(database);
  await client.connect();
  await client.query('update person_checks set at = at - 3600000');
  await client.end();
  // This instance has checked already; the other one has not.
  const { cookies } = await person.storageState();
  const cookie = cookies.map((each) => `${each.name}=${each.value}`).join('; ');
  const ask = async ({ url }: Instance) =>
    (await fetch(`${url}/api/v1/at-hand`, { headers: { cookie } })).status;
  for (const instance of [there, here]) await expect.poll(() => ask(instance)).toBe(401);
  expect(there.logs()).toContain('person left');
  await person.dispose();
});
