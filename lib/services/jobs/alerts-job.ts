import { createSender } from '#lib/services/alerts/deliver-notifications.ts';
import { evaluateAlerts } from '#lib/services/alerts/evaluate-alerts.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { holdLease } from './hold-lease.ts';

/** The lease under which one instance decides what is told, and sends it. */
export const ALERTS_LEASE = 'alerts';

const TICK_MS = 5_000;

/** Tells whoever is to be told of what is wrong, in one instance. Sending never holds up deciding. */
export function startAlerts(context: ServiceContext): { stop(): Promise<void> } {
  const { store, clock, instanceId, warn } = context;
  const stopped = new AbortController();
  const sender = createSender(context);
  const rest = (signal: AbortSignal) => clock.sleep(TICK_MS, signal).catch(() => undefined);
  const again = async (what: string, signal: AbortSignal, work: () => Promise<unknown>) => {
    while (!signal.aborted) {
      await work().catch((error: unknown) => warn(what, { error: String(error) }));
      await rest(signal);
    }
  };
  const live = async () => {
    while (!stopped.signal.aborted) {
      const lease = await holdLease(context, ALERTS_LEASE, stopped.signal).catch((error: unknown) => {
        warn('alerts not evaluated', { error: String(error) });
        return null;
      });
      if (lease) {
        await Promise.all([
          again('alarms not kept', lease.signal, () => evaluateAlerts(context)),
          again('notices not sent', lease.signal, () => sender.pass(lease.signal)),
        ]).finally(lease.end);
        await sender.settled();
      }
      await rest(stopped.signal);
    }
    await store.releaseLease(ALERTS_LEASE, instanceId).catch(() => undefined);
  };
  const living = live();
  return {
    async stop() {
      stopped.abort();
      await living;
    },
  };
}
