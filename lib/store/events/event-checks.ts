import type { Transaction } from 'kysely';
import { dayOf } from '#lib/domain/budget/budget.ts';
import type { DeviceStatus } from '#lib/domain/devices/device-status.ts';
import type { Tables } from '#lib/store/schema.ts';
import type { EventOverride } from './event-overrides.ts';

/** A look right after events tells whether these had told the truth: counts it, once for each time. */
export async function checkPush(
  trx: Transaction<Tables>,
  seen: string,
  at: number,
  overrides: readonly EventOverride[],
) {
  const status = overrides.find((each) => each.field === 'status' && each.at <= at);
  const said = (status?.value as DeviceStatus | undefined)?.state;
  // An alarm that was resolved says that the device is back, and not what it does.
  if (said === undefined || said === 'unknown') return;
  const counted = said === seen ? { agreed: 1, missed: 0 } : { agreed: 0, missed: 1 };
  await trx
    .insertInto('push_checks')
    .values({ day: dayOf(at), ...counted })
    .onConflict((conflict) =>
      conflict.column('day').doUpdateSet((each) => ({
        agreed: each('push_checks.agreed', '+', counted.agreed),
        missed: each('push_checks.missed', '+', counted.missed),
      })),
    )
    .execute();
}
