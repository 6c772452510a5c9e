import { expect, test } from '../support/app.ts';
import { problemTexts } from '../support/texts.ts';

test.use({
  appOptions: {
    env: { QUESTIONS_PER_MINUTE: '3', SEARCHES_PER_MINUTE: '20', TRUSTED_PROXIES: '127.0.0.1' },
  },
});

test('refuses requests above a person’s limit with the time to wait, without spending calls or affecting others', async ({
  api,
  app,
  page,
  enter,
}) => {
  const support = await api('support');
  const known = await app.unseenDevice();
  const ask = (id: string, more = '') => support.get(`/api/v1/devices/query?deviceId=${id}${more}`);
  for (const id of [known, await app.unseenDevice(), await app.unseenDevice()]) {
    expect(await (await ask(id)).json()).toMatchObject({ source: 'live' });
  }
  await app.simulator.control('DELETE', '/calls');

  const refused = await ask(await app.unseenDevice());
  expect(refused.status()).toBe(429);
  expect(Number(refused.headers()['retry-after'])).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({
    code: 'too-many-questions',
    ...problemTexts('too-many-questions.person'),
  });
  expect(await (await ask(known)).json(), 'what is fresh costs nothing').toMatchObject({ source: 'shared' });
  expect(await (await ask(known, '&fresh=true')).json()).toMatchObject({
    source: 'last-known',
    notice: { code: 'too-many-questions' },
  });
  expect(await app.calls()).toBe(0);
  await enter('support');
  await page.goto(`/devices/${await app.unseenDevice()}`);
  await expect(page.getByText(problemTexts('too-many-questions.person').title)).toBeVisible();

  const admin = await (await api('admin')).get(`/api/v1/devices/query?deviceId=${await app.unseenDevice()}`);
  expect(await admin.json()).toMatchObject({ source: 'live' });
});

test('charges a query that 50 people join to the person who sent it first', async ({ api, app }) => {
  const admin = await api('admin');
  const id = await app.unseenDevice();
  await app.simulator.control('PUT', '/faults', { path: '/v1.0/rooms/devices', fault: 'slow', ms: 1_000 });
  const asked = await Promise.all(
    Array.from({ length: 50 }, () => admin.get(`/api/v1/devices/query?deviceId=${id}`)),
  );
  expect(new Set(asked.map((each) => each.status()))).toEqual(new Set([200]));
});

test('limits searches separately, whatever address a proxy forwards', async ({ api }) => {
  const viewer = await api('viewer');
  const search = (address: string) =>
    viewer.get('/api/v1/search?q=room', { headers: { 'x-forwarded-for': address } });
  const first = await Promise.all(Array.from({ length: 25 }, (_, at) => search(`198.51.100.${at}`)));
  const statuses = first.map((each) => each.status());
  expect(statuses.filter((status) => status === 200)).toHaveLength(20);
  expect(statuses.filter((status) => status === 429)).toHaveLength(5);
});
