import { AppError } from '#lib/domain/errors.ts';
import type { PastQuestion } from '#lib/domain/inventory/fleet-filter.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import type { InventoryView } from '#lib/services/inventory/inventory.ts';

/** A browser's clock may go a little before ours, and "now" is a moment people ask for. */
const AHEAD_MS = 60_000;

/** What is known, as of a moment, and the moment in milliseconds since the epoch that its ages are counted to. */
export type ViewThen = { view: InventoryView; now: number };

/** Throws invalid-question.moment for one that is still to come. */
export function refuseFuture(
  clock: ServiceContext['clock'],
  ...moments: (number | null | undefined)[]
): void {
  const latest = clock.now() + AHEAD_MS;
  if (moments.some((moment) => typeof moment === 'number' && moment > latest)) {
    throw new AppError('invalid-question.moment');
  }
}

/** The inventory as it is, or as lists showed it at the moment that a question names. Throws invalid-question.moment. */
export async function viewThen(
  { inventory, clock }: Pick<ServiceContext, 'inventory' | 'clock'>,
  { at }: Pick<PastQuestion, 'at'>,
): Promise<ViewThen> {
  if (at === null) return { view: await inventory.current(), now: clock.now() };
  refuseFuture(clock, at);
  return { view: await inventory.at(at), now: at };
}
