import { can, type Operator } from '#lib/domain/access/operator.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import type { Reading } from '#lib/domain/devices/reading.ts';
import { mayName } from '#lib/domain/devices/union-id.ts';
import type { MarkSource } from '#lib/domain/history/status-mark.ts';
import type { ServiceContext } from '#lib/services/context.ts';

/** How long an answer of DingTalk to an operator counts as a permission, in milliseconds. */
const TRUSTED_FOR_MS = 24 * 60 * 60 * 1000;

/** What DingTalk last answered this operator about this device: a reading within a day, a refusal since, or neither. */
export type AccessState = 'granted' | 'refused' | 'unasked';

type Context = Pick<ServiceContext, 'store' | 'clock' | 'operatorUnionId'>;

/** What one person may be shown of a device. */
export type Known = {
  /** The newest reading that may be shown; null when there is none. */
  reading: Reading | null;
  access: AccessState;
};

/** The union ID in whose name a person queries DingTalk: their own if they signed in with DingTalk, else the configured one. */
export const askingUnionId = (
  { operatorUnionId }: Pick<ServiceContext, 'operatorUnionId'>,
  operator: Operator,
): string | null => operator.unionId ?? operatorUnionId;

/**
 * What this person may be shown of a device, from the store alone. A person who may query sees another person's reading
 * only if DingTalk has granted them the device; readings in the name of Rooms Desk are shown unless DingTalk refused them.
 * A person who was refused keeps their own earlier answers. Nothing is shown under a name that the role may not use.
 */
export async function visibleReading(context: Context, operator: Operator, ref: DeviceRef): Promise<Known> {
  if (!mayName(operator.role, ref)) return { reading: null, access: 'unasked' };
  const { store, operatorUnionId } = context;
  const now = context.clock.now();
  const newest = await store.latestReading(ref, { now });
  const unionId = askingUnionId(context, operator);
  if (newest === null || unionId === null) return { reading: newest, access: 'unasked' };
  const madeBy = async (by: string) =>
    newest.operatorUnionId === by ? newest : store.latestReading(ref, { operatorUnionId: by, now });
  const own = await madeBy(unionId);
  const access = accessOf(own, await store.lastRefusal(namesOf(ref, newest), unionId), now);
  if (newest === own || seesEveryReading(operator, access)) return { reading: newest, access };
  const ours = access === 'unasked' && operatorUnionId !== null ? await madeBy(operatorUnionId) : null;
  return { reading: newerOf(own, ours), access };
}

/** The same as it was known at a moment, in milliseconds since the epoch. Who may see what is decided as of now. */
export async function visibleReadingAsOf(
  context: Context,
  operator: Operator,
  ref: DeviceRef,
  at: number,
): Promise<Reading | null> {
  if (!mayName(operator.role, ref)) return null;
  const { store, operatorUnionId } = context;
  const unionId = askingUnionId(context, operator);
  const { access } = await visibleReading(context, operator, ref);
  const newest = async (madeBy?: string) => {
    const by = madeBy === undefined ? {} : { operatorUnionId: madeBy };
    const reading = await store.latestReading(ref, { ...by, now: at });
    return reading && reading.observedAt <= at ? reading : null;
  };
  if (unionId === null || seesEveryReading(operator, access)) return newest();
  const ours = access === 'unasked' && operatorUnionId !== null ? await newest(operatorUnionId) : null;
  return newerOf(await newest(unionId), ours);
}

const seesEveryReading = ({ role }: Operator, access: AccessState) =>
  access === 'granted' || (access === 'unasked' && !can(role, 'ask-live'));

const newerOf = (own: Reading | null, ours: Reading | null) =>
  ours && (own === null || ours.observedAt > own.observedAt) ? ours : own;

function accessOf(own: Reading | null, refusedAt: number | null, now: number): AccessState {
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

/** The last moment of which a person may know anything. A refused person's ends with their own last answer. */
export const visibleUntil = (access: AccessState, observedAt: number): number =>
  access === 'refused' ? observedAt : Number.POSITIVE_INFINITY;

/**
 * Filters marks and changes as readings are filtered on the device's page: without those from other people's queries where
 * DingTalk has not answered this person, and for a refused person without those after their own last answer, `observedAt`.
 * Facts from events, discovery and scheduled checks are for everybody.
 */
export function sharedWith(
  context: Pick<ServiceContext, 'operatorUnionId'>,
  operator: Operator,
  { access, observedAt }: { access: AccessState; observedAt: number },
) {
  const until = visibleUntil(access, observedAt);
  const inOwnName = askingUnionId(context, operator) !== context.operatorUnionId;
  const alone = access === 'unasked' && inOwnName && can(operator.role, 'ask-live');
  return <T extends { source: MarkSource; at: number }>(facts: T[]) =>
    facts.filter(({ source, at }) => at <= until && !(alone && source === 'look-up'));
}
