import type { Delivery } from '#lib/domain/alerts/alert.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { type Parcel, parcelsOf, sendParcel } from './delivery-request.ts';
import { nextDigest, robotPaceNow } from './send-sparingly.ts';

/** A group robot takes 20 messages a minute (DOC:custom-robots-send-group-messages). */
const ROBOT_PAUSE_MS = 3_100;
const AT_ONCE = 500;

type Sending = Pick<ServiceContext, 'store' | 'clock' | 'alerts' | 'events' | 'warn'>;

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

/** When each channel was last written to, and which of them accepted what they were sent last. */
type Memory = { written: Map<string, number>; well: Set<string> };

async function sendAll(
  context: Sending,
  channelId: string,
  waiting: Delivery[],
  memory: Memory,
  signal: AbortSignal,
): Promise<void> {
  const { store, clock } = context;
  const isRobot = (await store.channelById(channelId))?.channel.kind === 'robot';
  // A robot that is limited stays limited for longer when it is sent more.
  if (waiting.some(({ fault, nextAt }) => fault === 'robot-limited' && (nextAt ?? 0) > clock.now())) return;
  // What comes later in a story does not overtake what waits.
  const held = new Set<string>();
  let left: readonly Delivery[] = waiting;
  for (const parcel of parcelsOf(waiting)) {
    const incidents = parcel.deliveries.map(({ notification }) => notification.incidentId);
    // A channel that takes messages again gets what it missed, however long that was to wait.
    const isTime = memory.well.has(channelId) || parcel.deliveries.some((each) => isDue(each, clock.now()));
    const isNext = isTime && !incidents.some((id) => held.has(id));
    for (const id of incidents) held.add(id);
    if (!isNext) continue;
    if (isRobot) {
      const pace = await robotPaceNow(context);
      if (pace.mode !== 'each') {
        const digest = await nextDigest(context, left, pace, memory.well.has(channelId));
        if (digest) await send(context, { channelId, parcel: digest, isRobot }, memory, signal);
        return;
      }
    }
    // The others would fare no better just now.
    if ((await send(context, { channelId, parcel, isRobot }, memory, signal)) === 'waiting') return;
    for (const id of incidents) held.delete(id);
    left = left.filter((each) => !parcel.deliveries.includes(each));
  }
}

type Order = { channelId: string; parcel: Parcel; isRobot: boolean };

async function send(
  context: Sending,
  { channelId, parcel, isRobot }: Order,
  { written, well }: Memory,
  signal: AbortSignal,
): Promise<'sent' | 'failed' | 'waiting'> {
  if (isRobot) await pause(context.clock, written, channelId, signal);
  if (signal.aborted) return 'waiting';
  const outcome = await sendParcel(context, channelId, parcel);
  if (outcome === 'sent') well.add(channelId);
  else well.delete(channelId);
  return outcome;
}

const isDue = ({ nextAt, fault }: Delivery, now: number) => fault === 'pushes-spent' || (nextAt ?? 0) <= now;

async function pause(clock: Sending['clock'], written: Map<string, number>, id: string, signal: AbortSignal) {
  const wait = (written.get(id) ?? Number.NEGATIVE_INFINITY) + ROBOT_PAUSE_MS - clock.elapsed();
  if (wait > 0) await clock.sleep(wait, signal).catch(() => undefined);
  written.set(id, clock.elapsed());
}
