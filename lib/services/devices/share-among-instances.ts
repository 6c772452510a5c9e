import { AppError } from '#lib/domain/errors.ts';
import type { ServiceContext } from '#lib/services/context.ts';

const CHECK_AGAIN_MS = 40;

/**
 * Has one of all instances do the work under this key: whoever holds its lease works, the others look whether an answer
 * has landed. `attempt(true)` must answer; `attempt(false)` only looks, null when there is nothing yet. An instance
 * that failed or died leaves the work to the next.
 */
export async function shareAmongInstances<T>(
  { store, clock, instanceId, budgetMs }: Pick<ServiceContext, 'store' | 'clock' | 'instanceId' | 'budgetMs'>,
  key: string,
  attempt: (mayAsk: boolean) => Promise<T | null>,
): Promise<T> {
  const work = async () => {
    const answer = await attempt(true);
    if (answer === null) throw new AppError('internal.internal');
    return answer;
  };
  if (!store.manyInstances) return work();
  const lease = `question ${key}`;
  const end = clock.elapsed() + budgetMs;
  while (clock.elapsed() < end) {
    const { held } = await store.takeLease(lease, instanceId, budgetMs);
    // A lease that cannot be given back runs out; the answer was paid for and is given.
    if (held) return work().finally(() => store.releaseLease(lease, instanceId).catch(() => undefined));
    await clock.sleep(CHECK_AGAIN_MS);
    const landed = await attempt(false);
    if (landed !== null) return landed;
  }
  return work();
}
