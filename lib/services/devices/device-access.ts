import { can, type Operator } from '#lib/domain/access/operator.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import type { Reading } from '#lib/domain/devices/reading.ts';
import { mayName } from '#lib/domain/devices/union-id.ts';
import type { MarkSource } from '#lib/domain/history/status-mark.ts';
import type { ServiceContext } from '#lib/services/context.ts';

/** How long a permission that DingTalk granted is relied on without asking again. */
const TRUSTED_FOR_MS = 24 * 60 * 60 * 1000;

/**
 * What DingTalk last told this operator about this device.
 * `granted`: it answered within a day. `refused`: it refused since. `unasked`: neither.
 */
export type AccessState = 'granted' | 'refused' | 'unasked';

type Knowing = Pick<ServiceContext, 'store' | 'clock' | 'operatorUnionId'>;

/** What is known of a device as far as one person may be shown it. */
export type Known = {
  /** The newest reading that may be shown; null when there is none. */
  reading: Reading | null;
  stands: AccessState;
};

/** The union id in whose name a person asks: their own when they came through DingTalk, else the configured one. */
export function nameOf(context: Pick<ServiceContext, 'operatorUnionId'>, operator: Operator): string | null {
  return operator.unionId ?? context.operatorUnionId;
}

/** What this person may be shown of a device without asking DingTalk; nothing by a name that is not theirs to use. */
export async function knownTo(context: Knowing, operator: Operator, ref: DeviceRef): Promise<Known> {
  if (!mayName(operator.role, ref)) return { reading: null, stands: 'unasked' };
  const newest = await context.store.latestReading(ref, { now: context.clock.now() });
  return asKnownTo(context, operator, ref, newest);
}

/**
 * The same, when the newest reading is at hand. Another person's reading is shown to somebody who may ask only where
 * DingTalk has answered them too; what the desk itself learnt is the inventory's, and people who may not ask see what is
 * known, both concealed for their role. What an operator was refused nobody's reading tells them, but their own past
 * answers stay theirs.
 */
export async function asKnownTo(
  context: Knowing,
  operator: Operator,
  ref: DeviceRef,
  newest: Reading | null,
): Promise<Known> {
  const name = nameOf(context, operator);
  if (newest === null || name === null) return { reading: newest, stands: 'unasked' };
  const now = context.clock.now();
  const own =
    newest.operatorUnionId === name
      ? newest
      : await context.store.latestReading(ref, { operatorUnionId: name, now });
  const refusedAt = await context.store.lastRefusal(namesOf(ref, newest), name);
  const stands = standing(own, refusedAt, now);
  const mayShare = stands === 'granted' || (stands === 'unasked' && !can(operator.role, 'ask-live'));
  if (mayShare || newest === own) return { reading: newest, stands };
  const desks = stands === 'unasked' ? await desksOwn(context, ref, newest) : null;
  return { reading: desks && (own === null || desks.observedAt > own.observedAt) ? desks : own, stands };
}

/** What this person may be shown of a device as it was known at a moment; who may see what is decided as of now. */
export async function knownThen(
  context: Knowing,
  operator: Operator,
  ref: DeviceRef,
  at: number,
): Promise<Reading | null> {
  if (!mayName(operator.role, ref)) return null;
  const { store, operatorUnionId } = context;
  const name = nameOf(context, operator);
  const { stands } = await knownTo(context, operator, ref);
  const newest = async (operatorUnionId?: string) => {
    const named = operatorUnionId === undefined ? {} : { operatorUnionId };
    const reading = await store.latestReading(ref, { ...named, now: at });
    return reading && reading.observedAt <= at ? reading : null;
  };
  const mayShare = stands === 'granted' || (stands === 'unasked' && !can(operator.role, 'ask-live'));
  if (mayShare || name === null) return newest();
  const own = await newest(name);
  const desks = stands === 'unasked' && operatorUnionId !== null ? await newest(operatorUnionId) : null;
  return desks && (own === null || desks.observedAt > own.observedAt) ? desks : own;
}

/** The newest reading in the desk's own name. */
async function desksOwn({ store, clock, operatorUnionId }: Knowing, ref: DeviceRef, newest: Reading) {
  if (operatorUnionId === null || newest.operatorUnionId === operatorUnionId) {
    return operatorUnionId === null ? null : newest;
  }
  return store.latestReading(ref, { operatorUnionId, now: clock.now() });
}

function standing(own: Reading | null, refusedAt: number | null, now: number): AccessState {
  if (refusedAt !== null && (own === null || refusedAt >= own.observedAt)) return 'refused';
  return own !== null && Math.abs(now - own.observedAt) < TRUSTED_FOR_MS ? 'granted' : 'unasked';
}

/** A refusal under one name of a device holds under its other name too. */
function namesOf(ref: DeviceRef, { device }: Reading): DeviceRef[] {
  const names = [ref];
  if (device.deviceId !== null && ref.by !== 'deviceId') names.push({ by: 'deviceId', id: device.deviceId });
  if (device.unionId !== null && ref.by !== 'unionId') names.push({ by: 'unionId', id: device.unionId });
  return names;
}

/** The last moment of which somebody may know anything, by what DingTalk said of them and when their own answer was. */
export const heardUntil = (stands: AccessState, observedAt: number): number =>
  stands === 'refused' ? observedAt : Number.POSITIVE_INFINITY;

/**
 * Leaves out what other people's questions brought to light where DingTalk has not answered this operator themselves, as
 * on the device's page. What the desk saw by itself and what events told is the inventory's. For whom DingTalk refuses, all of
 * it ends with their own last answer, `observedAt`.
 */
export function sharedWith(
  context: Pick<ServiceContext, 'operatorUnionId'>,
  operator: Operator,
  { stands, observedAt }: { stands: AccessState; observedAt: number },
) {
  const until = heardUntil(stands, observedAt);
  const inOwnName = nameOf(context, operator) !== context.operatorUnionId;
  const alone = stands === 'unasked' && inOwnName && can(operator.role, 'ask-live');
  return <T extends { source: MarkSource; at: number }>(facts: T[]) =>
    facts.filter(({ source, at }) => at <= until && !(alone && source === 'look-up'));
}
