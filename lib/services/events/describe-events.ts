import type { ServiceAnswer } from '#lib/api/diagnostics/system-answers.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import { pushForecast, robotPace } from '#lib/domain/alerts/notification-allowance.ts';
import { monthOf } from '#lib/domain/budget/budget.ts';
import { iso, isoOrNull } from '#lib/domain/iso.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { vouchedSince } from '#lib/services/devices/vouched-since.ts';
import { STREAM_LEASE } from '#lib/services/jobs/stream-job.ts';
import { listEvents } from './list-events.ts';

const DAY = 86_400_000;
const TRUST_DAYS = 30;
const SHOWN = 10;

/** What the service screen shows of events: the transport, the pushes against their allowance, and how true they were. */
export async function describeEvents(
  context: ServiceContext,
  operator: Operator,
  now: number,
): Promise<ServiceAnswer['events']> {
  const { store, events } = context;
  const [pushes, trust, holder, newest, vouchedFrom] = await Promise.all([
    store.pushes(monthOf(now)),
    store.pushTrust(now - TRUST_DAYS * DAY),
    store.leaseHolder(STREAM_LEASE),
    listEvents(context, operator, { deviceId: null, type: null }, { cursor: null, limit: SHOWN }),
    vouchedSince(context),
  ]);
  const { expected, endsAt } = pushForecast(pushes, events.monthly, now);
  const pace = robotPace(pushes, events.monthly, now);
  const stream = events.streamState();
  return {
    transport: events.transport,
    stream: stream && {
      state: stream.state,
      problem: stream.problem,
      connectionsMade: stream.connectionsMade,
      since: iso(stream.since),
      retryAt: isoOrNull(stream.retryAt),
    },
    held: holder !== null,
    limit: events.monthly,
    pushed: pushes.total,
    expected,
    trust,
    newest: newest.items,
    pushedEvents: pushes.events,
    robotMessages: pushes.robots,
    digestMinutes: pace.mode === 'digest' ? pace.everyMs / 60_000 : null,
    endsAt: isoOrNull(endsAt),
    vouchedSince: isoOrNull(vouchedFrom),
  };
}
