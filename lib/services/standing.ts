import type { DeviceRef } from '#lib/domain/device-ref.ts';
import type { Operator } from '#lib/domain/operator.ts';
import type { Reading } from '#lib/domain/reading.ts';
import type { ServiceContext } from './context.ts';

/** How long a permission that DingTalk granted is relied on without asking again. */
const TRUSTED_FOR_MS = 24 * 60 * 60 * 1000;

/** The union id in whose name a person asks: their own when they came through DingTalk, else the configured one. */
export function nameOf(context: Pick<ServiceContext, 'operatorUnionId'>, operator: Operator): string | null {
  return operator.unionId ?? context.operatorUnionId;
}

/**
 * What DingTalk last told this operator about this device.
 * `granted`: it answered within a day. `refused`: it refused since. `unasked`: neither.
 */
export type Standing = 'granted' | 'refused' | 'unasked';

/** Only what DingTalk itself answered counts: another's reading says nothing of this operator's permission. */
export async function standing(
  { store, clock }: Pick<ServiceContext, 'store' | 'clock'>,
  ref: DeviceRef,
  known: Reading | null,
  operatorUnionId: string,
): Promise<Standing> {
  const own =
    known?.operatorUnionId === operatorUnionId ? known : await store.latestReading(ref, { operatorUnionId });
  const refusedAt = await store.lastRefusal(namesOf(ref, known), operatorUnionId);
  if (refusedAt !== null && (own === null || refusedAt >= own.observedAt)) return 'refused';
  return own !== null && clock.now() - own.observedAt < TRUSTED_FOR_MS ? 'granted' : 'unasked';
}

/**
 * The newest reading that may be shown in this name. What one operator was refused is never answered from
 * another's reading; their own past answers stay theirs. Without a name of their own nobody was refused.
 */
export async function visibleReading(
  context: Pick<ServiceContext, 'store' | 'clock'>,
  ref: DeviceRef,
  known: Reading | null,
  operatorUnionId: string | null,
): Promise<Reading | null> {
  if (known === null || operatorUnionId === null) return known;
  const stands = await standing(context, ref, known, operatorUnionId);
  return stands === 'refused' ? context.store.latestReading(ref, { operatorUnionId }) : known;
}

/** A refusal under one name of a device holds under its other name too. */
function namesOf(ref: DeviceRef, known: Reading | null): DeviceRef[] {
  const names = [ref];
  const { deviceId, unionId } = known?.device ?? { deviceId: null, unionId: null };
  if (deviceId !== null && ref.by !== 'deviceId') names.push({ by: 'deviceId', id: deviceId });
  if (unionId !== null && ref.by !== 'unionId') names.push({ by: 'unionId', id: unionId });
  return names;
}
