import type { ServiceContext } from '#lib/services/context.ts';
import { recordDeviceCounts } from '#lib/services/inventory/overview.ts';
import { createIssueScan } from '#lib/services/issues/look-through.ts';
import { type RunningJob, startJob } from './start-job.ts';

/** The lease under which one instance stores the current issues. */
export const ISSUES_LEASE = 'issues';

const FEED_PAGE = 1_000;
/** Without changes, issues that depend on time alone are evaluated this often. */
const AGAIN_MS = 60_000;
/** Of the devices with issues, so many are evaluated again each time, in turn. */
const AGAIN_AT_ONCE = 500;
/** Every device is evaluated once in this time, which finds what no change of the feed led to. */
const WHOLE_MS = 24 * 60 * 60_000;
const LEASE_TRIED_MS = 5_000;
/** The job rests this many times as long as it worked, so that requests get their turn. */
const REST_FOR_WORK = 3;

type Context = Pick<ServiceContext, 'store' | 'clock' | 'instanceId' | 'inventory' | 'warn'>;

/** Keeps the current issues of every device stored: after every change, and as time passes. */
export const startIssuesJob = (context: Context): RunningJob =>
  startJob(context, {
    lease: ISSUES_LEASE,
    failure: 'issues not stored',
    everyMs: LEASE_TRIED_MS,
    async run(signal) {
      let wake = new AbortController();
      const unsubscribe = context.store.onFeed(() => wake.abort());
      const rest = async (ms: number) => {
        await context.clock.sleep(ms, AbortSignal.any([wake.signal, signal])).catch(() => undefined);
        if (wake.signal.aborted) wake = new AbortController();
      };
      await keep(context, rest, signal).finally(unsubscribe);
    },
  });

type Rest = (ms: number) => Promise<void>;

/** Follows the feed until the signal aborts. Every device is due at the beginning, because no instance kept its issues before. */
async function keep(context: Context, rest: Rest, signal: AbortSignal): Promise<void> {
  const { store, clock } = context;
  const due = createQueue();
  let seq = await store.feedHead();
  due.later(await everyKey(context));
  let [againAt, wholeAt] = [clock.elapsed() + AGAIN_MS, clock.elapsed() + WHOLE_MS];
  let turn = 0;
  const work = createWork(context, due);
  while (!signal.aborted) {
    const entries = await store.feedAfter(seq, FEED_PAGE);
    seq = entries === null ? await store.feedHead() : (entries.at(-1)?.seq ?? seq);
    if (entries === null || clock.elapsed() >= wholeAt) {
      due.later(await everyKey(context));
      wholeAt = clock.elapsed() + WHOLE_MS;
    }
    due.soon(await keysNamed(context, entries ?? []));
    if (clock.elapsed() >= againAt) {
      await recordDeviceCounts(context);
      due.soon(await troubled(context, turn++));
      againAt = clock.elapsed() + AGAIN_MS;
    }
    if (await work(signal)) continue;
    await rest(Math.max(0, againAt - clock.elapsed()));
  }
}

/** Works off what is due for a moment; answers whether there is more. */
function createWork(context: Context, due: Queue) {
  const { clock, warn } = context;
  const looking = createIssueScan(context);
  return async (signal: AbortSignal): Promise<boolean> => {
    const key = due.next();
    if (key === undefined) return false;
    const began = clock.elapsed();
    try {
      due.soon(await looking.device(key));
    } catch (error) {
      warn('finding failed', { error: String(error) });
    }
    await clock.sleep((clock.elapsed() - began) * REST_FOR_WORK, signal).catch(() => undefined);
    return true;
  };
}

type Queue = {
  /** Before all that is only due later, each once. */
  soon(keys: Iterable<string>): void;
  /** In place of all that was due later. */
  later(keys: string[]): void;
  next(): string | undefined;
};

/** Keys to be looked at. */
function createQueue(): Queue {
  const first = new Set<string>();
  let rest: string[] = [];
  return {
    soon(keys) {
      for (const key of keys) first.add(key);
    },
    later(keys) {
      rest = keys;
    },
    next() {
      const [key] = first;
      if (key === undefined) return rest.pop();
      first.delete(key);
      return key;
    },
  };
}

async function everyKey({ inventory }: Context): Promise<string[]> {
  const keys: string[] = [];
  (await inventory.current()).fleet.forEach(({ device }) => void keys.push(device.key));
  return keys;
}

/** Devices that entries of the feed speak of, those in rooms that changed included. */
async function keysNamed({ inventory }: Context, entries: { kind: string; key: string | null }[]) {
  const keys = new Set<string>();
  if (entries.length === 0) return keys;
  const { fleet } = await inventory.current();
  for (const { kind, key } of entries) {
    if (key === null) continue;
    if (kind === 'device') keys.add(key);
    if (kind === 'room') for (const each of fleet.inRoom(key)) keys.add(each);
  }
  return keys;
}

/** Devices with which something is wrong, or of which nothing was heard for a day: time alone may change that. */
async function troubled({ inventory, clock }: Context, turn: number): Promise<string[]> {
  const keys: string[] = [];
  const old = clock.now() - WHOLE_MS;
  (await inventory.current()).fleet.forEach(({ device }) => {
    const isOld = device.observedAt !== null && device.observedAt < old;
    if (device.issues.length > 0 || (isOld && device.removedAt === null)) keys.push(device.key);
  });
  const from = keys.length === 0 ? 0 : (turn * AGAIN_AT_ONCE) % keys.length;
  return keys.slice(from, from + AGAIN_AT_ONCE);
}
