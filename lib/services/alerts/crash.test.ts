import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ServiceContext } from '#lib/services/context.ts';
import { type App, openApp } from '#lib/testing/app.ts';
import { fuzzLimitMs, fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import { recordKnownWorld } from '#lib/testing/known-world.ts';
import { addOfflineRule } from '#lib/testing/offline-rule.ts';
import { startWebhookServer, type WebhookServer } from '#lib/testing/servers/receivers.ts';
import { GATHER_MS } from './alert-state.ts';
import { createSender } from './deliver-notifications.ts';
import { evaluateAlerts } from './evaluate-alerts.ts';

const MINUTE = 60_000;

let app: App;
let hook: WebhookServer;
beforeAll(async () => {
  app = await openApp();
  hook = await startWebhookServer();
});
beforeEach(() => app.reset());
afterAll(async () => {
  await app.close();
  await hook.close();
});

const DIES = [
  'saveAlerts',
  'keepAttention after',
  'noteDeliveries',
  'noteDeliveries after',
  'nowhere',
] as const;

/** A process that ends at a place: what it calls there fails before it is done, or after. */
function dying(services: ServiceContext, where: (typeof DIES)[number]): ServiceContext {
  const [name, after] = where.split(' ') as ['saveAlerts' | 'noteDeliveries' | 'nowhere', string?];
  if (name === 'nowhere') return services;
  const real = services.store[name] as (...given: unknown[]) => Promise<unknown>;
  const dies = async (...given: unknown[]) => {
    if (after) await real(...given);
    throw new Error('the process has ended');
  };
  return { ...services, store: { ...services.store, [name]: dies } };
}

async function passes(services: ServiceContext) {
  await evaluateAlerts(services).catch(() => 0);
  const sender = createSender({ ...services, warn: () => undefined });
  await sender.pass(new AbortController().signal);
  await sender.settled();
}

const everyAlertArrives = fc.asyncProperty(
  fc.array(fc.constantFrom(...DIES), { minLength: 6, maxLength: 14 }),
  async (deaths) => {
    await app.reset();
    hook.received.length = 0;
    const { services, clock } = app;
    await recordKnownWorld(services.store, clock.now() - 60 * MINUTE);
    await addOfflineRule(services, hook.url);
    await services.store.recordIssues('1001', ['offline'], clock.now());
    const half = Math.ceil(deaths.length / 2);
    for (const [nth, where] of [...deaths, ...Array<'nowhere'>(4).fill('nowhere')].entries()) {
      if (nth === half) {
        // The alarm is out, and what was wrong is over.
        for (let more = 0; more < 4; more += 1) {
          await passes(services);
          clock.move(GATHER_MS);
        }
        await services.store.recordIssues('1001', [], clock.now());
      }
      await passes(dying(services, where));
      clock.move(GATHER_MS);
    }
    const notified = hook.received.map(({ headers, body }) => ({
      id: headers['webhook-id'],
      type: (JSON.parse(body) as { type: string }).type,
    }));
    for (const type of ['alert.raised', 'alert.resolved']) {
      const ids = new Set(notified.filter((each) => each.type === type).map(({ id }) => id));
      expect(ids.size, type).toBe(1);
    }
  },
);

test(
  'wherever a process ends between deciding and sending, every alert and its end arrive, at least once and as one',
  () => fc.assert(everyAlertArrives, { numRuns: fuzzRuns(12, 2_000) }),
  fuzzLimitMs(120_000),
);
