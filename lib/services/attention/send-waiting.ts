import type { Channel, ChannelTarget, Delivery } from '#lib/domain/attention.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { sendTo } from './attention-kit.ts';
import type { Outcome } from './outcome.ts';

/** Tried no longer than this after it was to be told. */
export const TRIED_FOR_MS = 24 * 60 * 60_000;
const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 60 * 60_000;
/** [L] A group robot takes 20 messages a minute. */
const ROBOT_PAUSE_MS = 3_100;
const AT_ONCE = 500;

type Sending = Pick<ServiceContext, 'store' | 'clock' | 'attention' | 'warn'>;

/** Sends what is due. Channels do not wait for each other. */
export type Sender = {
  /** Begins with every channel that is not under way. */
  pass(signal: AbortSignal): Promise<void>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
};

/**
 * In each channel the oldest goes first. What became of an attempt is kept before the next: who dies in between sends once
 * more, under the same id.
 */
export function createSender(context: Sending): Sender {
  const underWay = new Map<string, Promise<void>>();
  const memory: Memory = { written: new Map(), well: new Set() };
  return {
    async pass(signal) {
      const waiting = await context.store.waitingDeliveries(AT_ONCE);
      for (const [id, due] of Map.groupBy(waiting, ({ channelId }) => channelId)) {
        if (underWay.has(id)) continue;
        const sending = sendAll(context, id, due, memory, signal)
          .catch((error: unknown) => context.warn('notices not sent', { error: String(error) }))
          .finally(() => underWay.delete(id));
        underWay.set(id, sending);
      }
    },
    settled: async () => void (await Promise.all(underWay.values())),
  };
}

/** When each channel was last written to, and which of them took what they were sent last. */
type Memory = { written: Map<string, number>; well: Set<string> };

async function sendAll(
  context: Sending,
  channelId: string,
  waiting: Delivery[],
  { written, well }: Memory,
  signal: AbortSignal,
): Promise<void> {
  const { store, clock } = context;
  // What comes later in a story does not overtake what waits.
  const held = new Set<string>();
  for (const delivery of waiting) {
    const { incidentId } = delivery.notice;
    // A channel that takes messages again gets what it missed, however long that was to wait.
    const isTime = well.has(channelId) || (delivery.nextAt ?? 0) <= clock.now();
    const isDue = isTime && !held.has(incidentId);
    held.add(incidentId);
    if (!isDue) continue;
    const isRobot = (await store.channelById(channelId))?.channel.kind === 'robot';
    if (isRobot) await pace(clock, written, channelId, signal);
    if (signal.aborted) return;
    // Many go out one by one: a channel that was removed or changed meanwhile gets nothing more by what it was.
    const kept = await store.channelById(channelId);
    const outcome = await attempt(context, kept, delivery);
    const news = after(delivery, outcome, clock.now());
    await store.noteDelivery(delivery.id, news);
    if (news.state === 'failed') {
      context.warn('notice not delivered', { delivery: delivery.id, answer: news.answer });
    }
    if (outcome.ok) well.add(channelId);
    else well.delete(channelId);
    // The others would fare no better just now.
    if (news.state === 'waiting') return;
    held.delete(incidentId);
  }
}

async function pace(clock: Sending['clock'], written: Map<string, number>, id: string, signal: AbortSignal) {
  const pause = (written.get(id) ?? Number.NEGATIVE_INFINITY) + ROBOT_PAUSE_MS - clock.elapsed();
  if (pause > 0) await clock.sleep(pause, signal).catch(() => undefined);
  written.set(id, clock.elapsed());
}

/** Why nothing was sent, in the place of an answer. */
export const UNSENT = {
  channelGone: 'the channel was removed',
  sealed: 'the channel’s secret cannot be read with this AUTH_SECRET: enter it again',
  noAlarm: 'the alarm itself was not delivered',
} as const;

async function attempt(
  { store, attention }: Sending,
  kept: { channel: Channel; sealed: string } | null,
  { id, notice, channelId }: Delivery,
): Promise<Outcome> {
  if (!kept) return { ok: false, answer: UNSENT.channelGone, again: false };
  if (notice.kind === 'cleared' || notice.kind === 'more') {
    const before = await store.deliveriesOf(notice.incidentId, channelId);
    const told = before.some(
      ({ notice: { kind }, state }) => state === 'sent' && (kind === 'raised' || kind === 'flapping'),
    );
    if (!told) return { ok: false, answer: UNSENT.noAlarm, again: false };
  }
  const target: ChannelTarget | null = attention.seal.open(channelId, kept.sealed);
  if (!target) return { ok: false, answer: UNSENT.sealed, again: true };
  const { locale, zone } = kept.channel;
  return sendTo(attention, target, { id, notice, text: attention.say(notice, locale, zone) });
}

/** When it is tried again: later each time, with jitter so that not all come back at once, for a day. */
export function after(
  { attempts, createdAt }: Pick<Delivery, 'attempts' | 'createdAt'>,
  { ok, answer, again, waitMs }: Outcome,
  now: number,
  random: () => number = Math.random,
): Pick<Delivery, 'state' | 'attempts' | 'nextAt' | 'lastAt' | 'answer'> {
  const news = { attempts: attempts + 1, lastAt: now, answer, nextAt: null };
  if (ok) return { ...news, state: 'sent' };
  const backOff = Math.min(FIRST_WAIT_MS * 2 ** Math.min(attempts, 20), LONGEST_WAIT_MS);
  const nextAt = now + Math.max(waitMs ?? 0, Math.round(backOff * (0.75 + random() * 0.5)));
  const isLast = !again || nextAt > createdAt + TRIED_FOR_MS;
  return isLast ? { ...news, state: 'failed' } : { ...news, state: 'waiting', nextAt };
}
