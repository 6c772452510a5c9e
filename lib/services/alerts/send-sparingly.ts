import { randomUUID } from 'node:crypto';
import type { Delivery, DeliveryUpdate } from '#lib/domain/alerts/alert.ts';
import { type RobotPace, robotPace } from '#lib/domain/alerts/notification-allowance.ts';
import { monthOf } from '#lib/domain/budget/budget.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { TRIED_FOR_MS } from './back-off.ts';
import { type Parcel, parcelsOf, UNSENT } from './delivery-request.ts';

type Needs = Pick<ServiceContext, 'store' | 'clock' | 'events'>;

/** How messages of group robots may go out at this moment. */
export async function robotPaceNow({ store, clock, events }: Needs): Promise<RobotPace> {
  const now = clock.now();
  return robotPace(await store.pushes(monthOf(now)), events.monthly, now);
}

/**
 * The one message that a robot channel may send now while the month's pushes run short; null when it is not time. When the
 * turn of the others comes is recorded with them, so that the notification history shows it.
 * @param waiting what is to be sent to one channel, the oldest first
 * @param isWell whether the channel accepted its last message, so that what failed before need not wait any longer
 */
export async function nextDigest(
  context: Needs,
  waiting: readonly Delivery[],
  pace: Exclude<RobotPace, { mode: 'each' }>,
  isWell: boolean,
): Promise<Parcel | null> {
  const { store, clock } = context;
  const now = clock.now();
  const [first] = waiting;
  if (!first) return null;
  if (pace.mode === 'spent') {
    await hold(context, waiting, (delivery) => whileSpent(delivery, pace.until, now));
    return null;
  }
  const last = await store.lastSentAt(first.channelId);
  // A clock that was set back does not hold messages up.
  const from = last === null || last > now ? now : last + pace.everyMs;
  if (now < from) {
    await hold(context, waiting, (delivery) => ({
      ...delivery,
      nextAt: Math.max(delivery.nextAt ?? 0, from),
    }));
    return null;
  }
  const begun = parcelsOf(waiting).filter(isBegun);
  const again = begun.find((each) => isWell || isDue(each, now));
  return again ?? gather(context, withoutStoriesOf(begun, waiting), now);
}

/** What DingTalk may have accepted already goes out again as it was, under the same id. */
const isBegun = ({ deliveries: [{ digest, fault }] }: Parcel) =>
  digest !== null || fault === 'no-answer' || fault === 'server-error';

const isDue = ({ deliveries }: Parcel, now: number) => deliveries.every(({ nextAt }) => (nextAt ?? 0) <= now);

function withoutStoriesOf(begun: readonly Parcel[], waiting: readonly Delivery[]): Delivery[] {
  const incidents = new Set(begun.flatMap(({ deliveries }) => deliveries.map(incidentOf)));
  return waiting.filter((delivery) => !incidents.has(incidentOf(delivery)));
}

const incidentOf = ({ notification }: Delivery) => notification.incidentId;

/** All that waits, as soon as some of it is due: a story is never torn apart. */
async function gather({ store }: Needs, waiting: Delivery[], now: number): Promise<Parcel | null> {
  const [first, ...others] = waiting;
  if (!first || !waiting.some(({ nextAt, fault }) => fault === 'pushes-spent' || (nextAt ?? 0) <= now))
    return null;
  if (others.length === 0) return { id: first.id, deliveries: [first] };
  const id = randomUUID();
  await store.gatherDigest(
    waiting.map((each) => each.id),
    id,
  );
  return { id, deliveries: [first, ...others] };
}

/** Sent when the allowance is renewed, unless it is too old by then. */
function whileSpent(delivery: Delivery, renewedAt: number, now: number): DeliveryUpdate {
  const lastTry = delivery.createdAt + TRIED_FOR_MS;
  const news = { ...delivery, answer: UNSENT.spent, fault: 'pushes-spent' } as const;
  return now >= lastTry
    ? { ...news, state: 'failed', nextAt: null }
    : { ...news, nextAt: Math.min(renewedAt, lastTry) };
}

async function hold(
  { store }: Needs,
  waiting: readonly Delivery[],
  newsOf: (each: Delivery) => DeliveryUpdate,
) {
  const news = new Map<string, DeliveryUpdate>();
  for (const delivery of waiting) {
    const next = newsOf(delivery);
    const { state, nextAt, fault } = delivery;
    if (state !== next.state || nextAt !== next.nextAt || fault !== next.fault) news.set(delivery.id, next);
  }
  if (news.size > 0) await store.noteDeliveries(news, null);
}
