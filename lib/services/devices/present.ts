import type { AnswerSource, DeviceAnswer } from '#lib/api/devices/device-answers.ts';
import type { Problem } from '#lib/api/problem.ts';
import { can, type Operator, type Role } from '#lib/domain/access/operator.ts';
import { conceal } from '#lib/domain/devices/conceal.ts';
import type { Device } from '#lib/domain/devices/device.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import type { Reading } from '#lib/domain/devices/reading.ts';
import { type CurrencyMoment, withCurrency } from '#lib/domain/devices/status-currency.ts';
import { deviceKey } from '#lib/domain/inventory/fleet.ts';
import { iso, isoOrNull } from '#lib/domain/iso.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { deviceIssues } from '#lib/services/issues/device-issues.ts';
import { checksShown } from '#lib/services/notes/checks.ts';
import type { AccessState } from './device-access.ts';

/** `access`: what DingTalk last answered this person about the device; `notice`: why the reading is not newer. */
type Presented = {
  reading: Reading;
  access: AccessState;
  source: AnswerSource;
  notice?: Problem | undefined;
};

/** A reading as one person may see it, with its issues and its current age. */
export async function present(
  context: Pick<ServiceContext, 'clock' | 'budget' | 'store' | 'operatorUnionId' | 'inventory'>,
  operator: Operator,
  ref: DeviceRef,
  { reading, access, source, notice }: Presented,
): Promise<DeviceAnswer> {
  const mayAsk = can(operator.role, 'ask-live');
  const known = { ...(await context.store.withOverrides(reading, ref)), observedAt: reading.observedAt };
  const [moment, place, callsLeft, share, issues, checks] = await Promise.all([
    context.inventory.currency(),
    placeOf(context, known.device),
    mayAsk ? context.budget.callsLeft().catch(() => null) : null,
    mayAsk ? context.budget.shareOf(operator.subject).catch(() => null) : null,
    deviceIssues(context, operator, ref, { ...known, source: reading.source, access }),
    checksShown(context, operator, ref),
  ]);
  return {
    ...shownAt(known, operator.role, moment),
    ...place,
    issues,
    checks,
    source,
    ...(notice ? { notice } : {}),
    callsLeft,
    share: share && { ...share, renewsAt: iso(share.renewsAt) },
  };
}

/** Since when a device has its status, and the way down the room groups to its room. */
async function placeOf(
  { inventory }: Pick<ServiceContext, 'inventory'>,
  { deviceId, unionId, status, room }: Device,
): Promise<Pick<DeviceAnswer, 'statusSince' | 'roomPath'>> {
  const { fleet, rooms } = await inventory.current();
  const listed = fleet.get(deviceKey(deviceId, unionId ?? ''))?.device;
  return {
    statusSince: listed?.state === status.state ? isoOrNull(listed.stateSince) : null,
    roomPath: (room && rooms.get(room.id)?.path.filter((name) => name !== null)) ?? [],
  };
}

type KnownDevice = Awaited<ReturnType<ServiceContext['store']['withOverrides']>> & { observedAt: number };

/** What was known of a device as one role may see it, with its age and whether its status held at a moment. */
export function shownAt({ device, overrides, observedAt }: KnownDevice, role: Role, moment: CurrencyMoment) {
  const seenAt = Math.max(observedAt, ...overrides.map(({ at }) => at));
  const { controllers, ...concealed } = conceal(device, role);
  return {
    device: {
      ...concealed,
      status: withCurrency(concealed.status, seenAt, moment),
      controllers: controllers.map((each) => ({
        ...each,
        status: withCurrency(each.status, seenAt, moment),
      })),
    },
    observedAt: new Date(observedAt).toISOString(),
    // The wall clock may have stepped back since; an age is never negative.
    ageMs: Math.max(0, moment.now - observedAt),
    statusSince: null,
    roomPath: [],
    overrides: overrides
      .toSorted((left, right) => right.at - left.at)
      .map(({ field, at }) => ({ field, at: new Date(at).toISOString() })),
    issues: [],
    checks: [],
  } satisfies Partial<DeviceAnswer>;
}
