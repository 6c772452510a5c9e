import { randomUUID } from 'node:crypto';
import type { DiscoveryDepth } from '#lib/domain/discovery.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { discover } from './discover.ts';
import { rhythmOf } from './going-on.ts';
import { createRound, type Round } from './look-around.ts';

/** The lease under which one instance discovers and goes round. */
export const DUTY_LEASE = 'duties';

/** An instance that died is followed within this and one tick: well within a minute. */
const LEASE_MS = 20_000;
const RENEW_MS = 5_000;
const TICK_MS = 5_000;

/** What one instance does by itself, while it holds the lease. */
export type Duties = {
  /** Stops after the step under way and gives the lease back. */
  stop(): Promise<void>;
};

/** Begins the desk's own work in this process: whoever gets the lease discovers and looks around, the others wait. */
export function startDuties(context: ServiceContext): Duties {
  const { store, clock, instanceId, warn } = context;
  const stopped = new AbortController();
  let wake = new AbortController();
  const round = createRound(context);
  const unsubscribe = store.onFeed(() => wake.abort());

  const rest = async (ms: number) => {
    wake = new AbortController();
    await clock.sleep(ms, AbortSignal.any([wake.signal, stopped.signal])).catch(() => undefined);
  };
  const live = async () => {
    while (!stopped.signal.aborted) {
      let waitMs = TICK_MS;
      try {
        const lease = await holdLease(context, stopped.signal);
        if (lease) waitMs = await onDuty(context, round, lease.signal).finally(lease.end);
      } catch (error) {
        warn('duties failed', { error: String(error) });
      }
      await rest(Math.min(TICK_MS, waitMs));
    }
    await store.releaseLease(DUTY_LEASE, instanceId).catch(() => undefined);
  };
  const living = live();
  return {
    async stop() {
      stopped.abort();
      unsubscribe();
      await living;
    },
  };
}

/** One pass: what must be found first, then one look of the round. Answers when it is worth coming back. */
async function onDuty(context: ServiceContext, round: Round, signal: AbortSignal): Promise<number> {
  await beginWhatIsDue(context);
  await discover(context, signal);
  return signal.aborted ? 0 : round.step();
}

/** An empty inventory is discovered by itself; a known one is listed anew as often as the budget allows. */
async function beginWhatIsDue(context: ServiceContext): Promise<void> {
  const { store, clock, operatorUnionId } = context;
  if (operatorUnionId === null) return;
  const last = await store.latestDiscovery();
  if (last && last.state !== 'done') return;
  if (last && clock.now() - (last.finishedAt ?? 0) < (await rhythmOf(context)).listMs) return;
  const depth: DiscoveryDepth = last ? 'changes' : 'full';
  await store.startDiscovery({ id: randomUUID(), depth, startedBy: null, at: clock.now() });
}

/** Takes the lease and keeps it; null when another has it. `signal` aborts when it is lost or `stopped` does. */
async function holdLease({ store, clock, instanceId }: ServiceContext, stopped: AbortSignal) {
  const take = () => store.takeLease(DUTY_LEASE, instanceId, LEASE_MS);
  if (!(await take()).held) return null;
  const lost = new AbortController();
  const ended = new AbortController();
  const keep = async () => {
    let until = clock.elapsed() + LEASE_MS;
    while (!ended.signal.aborted) {
      await clock.sleep(RENEW_MS, ended.signal).catch(() => undefined);
      if (ended.signal.aborted) return;
      const asked = clock.elapsed();
      // A database that does not answer in time leaves the lease to others as surely as one that says no.
      const held = await take().then(
        (lease) => lease.held,
        () => clock.elapsed() < until - RENEW_MS,
      );
      if (held) until = Math.max(until, asked + LEASE_MS);
      else return lost.abort();
    }
  };
  void keep();
  return { signal: AbortSignal.any([lost.signal, stopped]), end: () => ended.abort() };
}
