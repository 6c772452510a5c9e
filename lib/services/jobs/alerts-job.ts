import { createSender } from '#lib/services/alerts/deliver-notifications.ts';
import { evaluateAlerts } from '#lib/services/alerts/evaluate-alerts.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { type RunningJob, repeat, startJob } from './start-job.ts';

/** The lease under which one instance evaluates alert rules and sends notifications. */
export const ALERTS_LEASE = 'alerts';

const TICK_MS = 5_000;

/** Evaluates alert rules and sends notifications, side by side, so that slow receivers do not delay the evaluation. */
export function startAlertsJob(context: ServiceContext): RunningJob {
  const sender = createSender(context);
  const again = (failure: string, work: () => Promise<unknown>, signal: AbortSignal) => {
    const run = async () => void (await work());
    return repeat(context, { failure, everyMs: TICK_MS, run }, signal);
  };
  return startJob(context, {
    lease: ALERTS_LEASE,
    failure: 'alerts not evaluated',
    everyMs: TICK_MS,
    async run(signal) {
      await Promise.all([
        again('alarms not kept', () => evaluateAlerts(context), signal),
        again('notices not sent', () => sender.pass(signal), signal),
      ]);
      await sender.settled();
    },
  });
}
