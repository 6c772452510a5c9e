import type { APIRequestContext } from '@playwright/test';
import { expect, test } from '../support/app.ts';
import { openInstance, openSimulator } from '../support/app-process.ts';
import { openStream, type StreamEvent } from '../support/event-stream.ts';
import { pause } from '../support/inventory.ts';
import { requestsAs } from '../support/request-as.ts';

const insist = async (person: APIRequestContext, deviceId: string) => {
  const response = await person.get(`/api/v1/devices/query?deviceId=${deviceId}&fresh=true`);
  expect(response.status()).toBe(200);
};
const idsOf = (events: StreamEvent[]) => events.map(({ id }) => id);

test('sends readings and service changes to every role that may see the status', async ({ app, api }) => {
  const deviceId = await app.unseenDevice();
  const stream = await openStream(app.url, await api('viewer'));
  expect(stream.status).toBe(200);
  expect(stream.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'private, no-store, no-transform',
  });
  await insist(await api('support'), deviceId);
  const pushed = await stream.until(({ event, data }) => event === 'reading' && data.deviceId === deviceId);
  expect(Object.keys(pushed.data).sort(), 'ids, and nothing of what they hold').toEqual([
    'deviceId',
    'roomId',
  ]);

  await (await api('admin')).post('/api/v1/system/discovery');
  await stream.until(({ event }) => event === 'service');
  stream.close();
});

test('a client that reconnects continues where it was, without loss or repetition', async ({ app, api }) => {
  const [support, viewer] = await Promise.all([api('support'), api('viewer')]);
  const whole = await openStream(app.url, viewer);
  const devices = await Promise.all(Array.from({ length: 8 }, () => app.unseenDevice()));
  const [first = '', ...rest] = devices;
  const short = await openStream(app.url, viewer);
  await insist(support, first);
  const last = await short.until(({ data }) => data.deviceId === first);
  short.close();
  for (const deviceId of rest.slice(0, 4)) await insist(support, deviceId);
  // By the header, as a browser resumes, and by the address, as the pages of Rooms Desk do.
  const byHeader = await openStream(app.url, viewer, { lastEventId: last.id ?? -1 });
  const byAddress = await openStream(app.url, viewer, { since: last.id ?? -1 });
  for (const deviceId of rest.slice(4)) await insist(support, deviceId);
  const end = rest.at(-1);
  for (const stream of [whole, byHeader, byAddress]) await stream.until(({ data }) => data.deviceId === end);
  await pause(200);

  const missed = whole.events.filter(({ id }) => (id ?? 0) > (last.id ?? 0));
  expect(new Set(idsOf(missed)).size).toBe(missed.length);
  expect(idsOf(byHeader.events)).toEqual(idsOf(missed));
  expect(idsOf(byAddress.events)).toEqual(idsOf(missed));
  const read = byHeader.events.filter(({ event, data }) => event === 'reading' && data.deviceId !== first);
  const pushed = new Set(read.map(({ data }) => data.deviceId));
  expect([...pushed], 'each device that was read, in that order').toEqual(rest);
  for (const stream of [whole, byHeader, byAddress]) stream.close();
});

test('a client that was away too long, or names a future number, is told to reload', async ({ app, api }) => {
  const stream = await openStream(app.url, await api('viewer'), { lastEventId: 999_999_999 });
  const { id } = await stream.until(({ event }) => event === 'reset');
  expect(id).toBeLessThan(999_999_999);
  stream.close();
  const bad = await (await api('viewer')).get('/api/v1/live?since=-1');
  expect(bad.status()).toBe(400);
});

test('a termination signal ends the process with many streams open', async () => {
  const { simulator, close } = await openSimulator(['--rooms', '40', '--qps', '0']);
  const server = await openInstance(simulator, { env: { INSTANCE_ROLE: 'all' } });
  const viewer = await requestsAs('viewer', server.url);
  const streams = await Promise.all(Array.from({ length: 20 }, () => openStream(server.url, viewer)));
  const from = Date.now();
  await server.kill('SIGTERM');
  // A process that does not end is killed after 20 seconds.
  expect(Date.now() - from).toBeLessThan(15_000);
  await Promise.all(streams.map(({ ended }) => ended));
  await viewer.dispose();
  await close();
});
