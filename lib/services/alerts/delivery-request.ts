import type {
  Channel,
  ChannelTarget,
  Delivery,
  DeliveryUpdate,
  Notification,
} from '#lib/domain/alerts/alert.ts';
import { DIGEST_EVERY_MS, robotPace } from '#lib/domain/alerts/notification-allowance.ts';
import { monthOf } from '#lib/domain/budget/budget.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { sendTo } from './alert-context.ts';
import { backOff } from './back-off.ts';
import type { Outcome } from './outcome.ts';

type Sending = Pick<ServiceContext, 'store' | 'clock' | 'alerts' | 'events' | 'warn'>;

/** What goes out as one message: a delivery, or several to one channel that were gathered into a digest. */
export type Parcel = {
  /** Sent with every attempt, so that a receiver knows a repetition. */
  id: string;
  deliveries: [Delivery, ...Delivery[]];
};

/** Deliveries to one channel as the messages in which they go out, in the order of the first of each. */
export function parcelsOf(waiting: readonly Delivery[]): Parcel[] {
  const parcels = Map.groupBy(waiting, ({ id, digest }) => digest ?? id);
  return [...parcels].map(([id, deliveries]) => ({ id, deliveries: deliveries as Parcel['deliveries'] }));
}

/** Why nothing was sent, in the place of an answer. */
export const UNSENT = {
  channelRemoved: 'the channel was removed',
  sealed: 'the channel’s secret cannot be read with this AUTH_SECRET: enter it again',
  noAlert: 'the alert itself was not delivered',
  spent: 'not sent: the pushes of this month are used up',
} as const;

/** A channel with what it takes to send there, as the store keeps it. */
type SavedChannel = { channel: Channel; sealed: string };

/**
 * Attempts to send a parcel and records what became of each delivery in it.
 * @returns `waiting` when another attempt follows
 */
export async function sendParcel(
  context: Sending,
  channelId: string,
  { id, deliveries }: Parcel,
): Promise<'sent' | 'failed' | 'waiting'> {
  const { store, clock } = context;
  const kept = await store.channelById(channelId);
  const begun = new Set(deliveries.filter(({ notification }) => isBeginning(notification)).map(incidentOf));
  const news = new Map<string, DeliveryUpdate>();
  const due: Delivery[] = [];
  for (const delivery of deliveries) {
    const isHeardOf =
      kept === null || begun.has(incidentOf(delivery)) || (await isToldBefore(context, delivery));
    if (isHeardOf) due.push(delivery);
    // Nothing is attempted, so the channel's newest attempt stays what it was.
    else news.set(delivery.id, { ...delivery, state: 'failed', nextAt: null, answer: UNSENT.noAlert });
  }
  const outcome = due.length === 0 ? NO_ALERT : await attempt(context, kept, id, due);
  const now = clock.now();
  for (const delivery of due) news.set(delivery.id, backOff(delivery, outcome, now));
  evenOut(news, due);
  await store.noteDeliveries(news, (outcome.pushes ?? 0) > 0 ? now : null);
  for (const [delivery, { state, answer }] of news) {
    if (state === 'failed') context.warn('notice not delivered', { delivery, answer });
  }
  if (outcome.ok) return 'sent';
  return [...news.values()].some(({ state }) => state === 'waiting') ? 'waiting' : 'failed';
}

const NO_ALERT: Outcome = { ok: false, answer: UNSENT.noAlert, again: false };

const incidentOf = ({ notification }: Delivery) => notification.incidentId;
const isBeginning = ({ kind }: Notification) => kind === 'raised' || kind === 'flapping';

/** A receiver that never heard of an alert is not sent what followed. */
async function isToldBefore({ store }: Sending, { notification, channelId }: Delivery): Promise<boolean> {
  if (notification.kind !== 'resolved' && notification.kind !== 'more') return true;
  const before = await store.deliveriesOf(notification.incidentId, channelId);
  return before.some(({ notification: each, state }) => state === 'sent' && isBeginning(each));
}

async function attempt(
  { alerts, store, events, clock }: Sending,
  kept: SavedChannel | null,
  id: string,
  due: Delivery[],
): Promise<Outcome> {
  const [first] = due;
  if (!kept || !first) return { ok: false, answer: UNSENT.channelRemoved, again: false };
  const target: ChannelTarget | null = alerts.seal.open(kept.channel.id, kept.sealed);
  if (!target) return { ok: false, answer: UNSENT.sealed, again: true };
  const { locale, zone } = kept.channel;
  if (due.length === 1) {
    // A webhook's receivers know a delivery by its own id, however often somebody has it sent.
    const messageId = target.kind === 'robot' ? id : first.id;
    const text = alerts.t(first.notification, locale, zone);
    return sendTo(alerts, target, { id: messageId, notification: first.notification, text });
  }
  if (target.kind !== 'robot') return { ok: false, answer: UNSENT.channelRemoved, again: false };
  const pushes = await store.pushes(monthOf(clock.now()));
  const pace = robotPace(pushes, events.monthly, clock.now());
  const everyMs = pace.mode === 'digest' ? pace.everyMs : DIGEST_EVERY_MS;
  const text = alerts.digestTexts(
    due.map(({ notification }) => notification),
    { used: pushes.total, limit: events.monthly, everyMs },
    { locale, zone },
  );
  return alerts.senders.digest(target, { id, text });
}

/** What goes out together is tried again together, when the last of it is due. */
function evenOut(news: Map<string, DeliveryUpdate>, due: readonly Delivery[]): void {
  const waiting = due.flatMap(({ id }) => news.get(id) ?? []).filter(({ state }) => state === 'waiting');
  const nextAt = Math.max(...waiting.map((each) => each.nextAt ?? 0));
  for (const each of waiting) each.nextAt = nextAt;
}
