import type { ServiceContext } from '#lib/services/context.ts';

/** For how long a lease is taken, in milliseconds: another instance takes over from one that died within a minute. */
export const LEASE_MS = 20_000;
const RENEW_MS = 5_000;

/**
 * Takes the lease and renews it until `end` is called; null when another instance has it. The answer's `signal` aborts when
 * the lease is lost or `stopped` aborts.
 */
export async function holdLease(
  { store, clock, instanceId }: Pick<ServiceContext, 'store' | 'clock' | 'instanceId'>,
  name: string,
  stopped: AbortSignal,
) {
  const take = () => store.takeLease(name, instanceId, LEASE_MS);
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
