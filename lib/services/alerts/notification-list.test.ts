import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fleetPage } from '#lib/api/inventory/list-requests.ts';
import { readFleetQuestion } from '#lib/domain/inventory/fleet-filter.ts';
import type { IssueCode } from '#lib/domain/issues/issue.ts';
import { listFleet } from '#lib/services/inventory/list-fleet.ts';
import { type App, callerOf, openApp, person } from '#lib/testing/app.ts';
import { reading } from '#lib/testing/reading.ts';
import { GATHER_MS } from './alert-state.ts';
import { addChannel } from './channels.ts';
import { createSender } from './deliver-notifications.ts';
import { evaluateAlerts } from './evaluate-alerts.ts';
import { addRule } from './rules.ts';

const admin = person('admin');
const viewer = person('viewer');
const MINUTE = 60_000;
const FLOOR = ['3001', '3002', '3003', '3004'];

let app: App;
beforeAll(async () => {
  app = await openApp();
});
beforeEach(async () => {
  await app.reset();
  const { store } = app.services;
  for (const deviceId of [...FLOOR, '3005', '3006']) {
    const device = { deviceId, unionId: `union-${deviceId}`, name: `Screen ${deviceId}` };
    const at = { observedAt: app.clock.now() - 60 * MINUTE };
    await store.recordReading({ by: 'deviceId', id: deviceId }, reading({ ...at, device }));
  }
});
afterAll(() => app.close());

type Message = { title: string; text: string };
const messages = async () =>
  (await app.simulator.control<{ messages: Message[] }>('GET', '/robots')).messages;
const finds = (deviceId: string, codes: IssueCode[]) =>
  app.services.store.recordIssues(deviceId, codes, app.clock.now());

async function pass() {
  await evaluateAlerts(app.services);
  const sender = createSender({ ...app.services, clock: { ...app.clock, sleep: async () => undefined } });
  await sender.pass(new AbortController().signal);
  await sender.settled();
}

/** The list that a message's link opens: as the page reads the address, and as the API does. */
async function listedBy({ text }: Message, as = viewer) {
  const url = new URL(text.match(/\((https:\/\/desk\.example\.com\/devices\?[^)]+)\)/)?.[1] ?? '');
  const question = readFleetQuestion(url.searchParams);
  expect(fleetPage.parse(Object.fromEntries(url.searchParams)).question).toEqual(question);
  const { total, items } = await listFleet(app.services, callerOf(as), {
    question,
    page: { cursor: null, limit: 50 },
  });
  return { total, ids: items.map(({ deviceId }) => deviceId).toSorted() };
}

test('the link of a notification lists exactly the devices that it counts, whatever happened to them', async () => {
  const url = `${app.simulator.origin}/robot/send?access_token=simulatedrobot`;
  const channel = { kind: 'robot', name: 'Robot', locale: 'en', zone: 'UTC', url } as const;
  const { channelId } = await addChannel(app.services, callerOf(admin), channel);
  const scope = { everything: false, groups: [], rooms: [], devices: [...FLOOR, '3006'] };
  const rule = {
    name: 'Floor',
    on: true,
    which: { codes: ['offline' as const] },
    channelIds: [channelId],
    scope,
    raiseAfterMs: 0,
    resolveAfterMs: 0,
  };
  await addRule(app.services, callerOf(admin), rule);
  await finds('3001', ['offline']);
  for (const id of FLOOR.slice(1)) await finds(id, ['offline-with-neighbours']);
  // It has the issue, and the rule is not about it.
  await finds('3005', ['offline']);
  await pass();
  app.clock.move(GATHER_MS);
  await pass();
  const [raised] = (await messages()) as [Message];
  expect(raised.title).toBe('Device offline · 4 devices');
  expect(raised.text).toContain('- 3 devices: ');
  expect(raised.text).toContain('- 1 device: The device is offline');
  expect(await listedBy(raised)).toEqual({ total: 4, ids: FLOOR });

  await finds('3002', []);
  await finds('3006', ['offline']);
  expect(await listedBy(raised), 'also once one of them is back').toEqual({ total: 4, ids: FLOOR });

  for (const id of [...FLOOR, '3006']) await finds(id, []);
  await pass();
  await pass();
  const resolved = (await messages()).find(({ title }) => title.startsWith('Resolved: ')) as Message;
  expect(resolved.title).toBe('Resolved: Device offline · 4 devices');
  expect(await listedBy(resolved)).toEqual({ total: 4, ids: FLOOR });
});

test('a notification that is no longer stored lists nothing and says so', async () => {
  const notification = '00000000-0000-4000-8000-000000000001.raised' as const;
  const question = readFleetQuestion(new URLSearchParams({ notification }));
  expect(question.notification).toBe(notification);
  await expect(
    listFleet(app.services, callerOf(viewer), { question, page: { cursor: null, limit: 50 } }),
  ).rejects.toMatchObject({
    reason: 'invalid-question.not-there',
    parameter: 'notification',
  });
  expect(fleetPage.safeParse({ notification: 'nonsense' }).success).toBe(false);
});
