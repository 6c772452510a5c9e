import { afterAll, beforeAll, expect, test } from 'vitest';
import { GATHER_MS } from '#lib/services/alerts/alert-state.ts';
import { type App, openApp } from '#lib/testing/app.ts';
import { hurriedClock } from '#lib/testing/clocks/hurried-clock.ts';
import { recordKnownWorld } from '#lib/testing/known-world.ts';
import { addOfflineRule } from '#lib/testing/offline-rule.ts';
import { startWebhookServer, type WebhookServer } from '#lib/testing/servers/receivers.ts';
import { ALERTS_LEASE, startAlertsJob } from './alerts-job.ts';

let app: App;
let hook: WebhookServer;
beforeAll(async () => {
  app = await openApp();
  hook = await startWebhookServer();
});
afterAll(async () => {
  await app.close();
  await hook.close();
});

test('of two instances one sends notifications, once, and a stopped one releases the job', {
  timeout: 60_000,
}, async () => {
  const { services, clock } = app;
  await recordKnownWorld(services.store, clock.now() - 60_000);
  await addOfflineRule(services, hook.url);
  await services.store.recordIssues('1001', ['offline'], clock.now());
  const loops = { ...services, clock: hurriedClock(clock, 20) };
  const both = [startAlertsJob(loops), startAlertsJob({ ...loops, instanceId: 'another' })];
  const kept = async () => (await services.store.savedAlerts()).incidents.size;
  await expect.poll(kept).toBe(1);
  clock.move(GATHER_MS);
  await expect.poll(() => hook.received.length).toBe(1);
  // More than one further round of each instance.
  await loops.clock.sleep(12_000);
  expect(hook.received).toHaveLength(1);
  await Promise.all(both.map((each) => each.stop()));
  expect(await services.store.leaseHolder(ALERTS_LEASE)).toBeNull();
  expect(app.warnings).toEqual([]);
});
