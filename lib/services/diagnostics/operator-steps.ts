import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import { type DoctorFact, fact } from '#lib/domain/diagnostics/doctor.ts';
import { AppError } from '#lib/domain/errors.ts';
import { ASKED, nothingToSpend, partsOf } from './app-steps.ts';
import type { DiagnosticContext } from './diagnostic-context.ts';
import type { Found, Step, Walk } from './run-steps.ts';

/** How many of the devices that are due next are looked through for one with an id. */
const LOOKED_THROUGH = 5;

/** Whether DingTalk answers questions about devices in the operator's name: one metered call, two without a known device. */
export const OPERATOR: Step = {
  name: 'operator',
  needs: ['configuration'],
  lacks: (walk) =>
    walk.context.settings?.operatorUnionId ? (nothingToSpend(walk) ?? walk.blamed('scope')) : undefined,
  async run(walk) {
    const { settings } = partsOf(walk);
    const { operatorUnionId } = settings;
    if (operatorUnionId === null) {
      return {
        state: 'failed',
        trouble: 'operator-missing',
        facts: [fact('operator-none')],
        isInTheWay: false,
      };
    }
    if (walk.membership === 'nobody-of-ours') {
      return { state: 'failed', trouble: 'operator-left', facts: [fact('operator-not-employee')] };
    }
    const facts = whoTheyAre(walk);
    const ref = await deviceToAskFor(walk, operatorUnionId);
    if (ref === null) return { state: 'unknown', facts: [...facts, fact('operator-no-device')] };
    return askDevice(walk, ref, operatorUnionId, facts);
  },
};

async function askDevice(
  walk: Walk,
  ref: DeviceRef,
  operatorUnionId: string,
  facts: DoctorFact[],
): Promise<Found> {
  try {
    await partsOf(walk).checkup.queryDevice(ref, operatorUnionId, ASKED);
    return { state: 'ok', facts: [...facts, fact('operator-device')] };
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'device-not-found') throw thrown;
    // Whether the permission is looked at before the device or after it is not documented.
    return { state: 'unknown', facts: [...facts, fact('operator-device-gone')] };
  }
}

function whoTheyAre({ membership, rooms }: Walk): DoctorFact[] {
  return [
    ...(membership === 'employee' ? [fact('operator-employee')] : []),
    ...(rooms ? [fact('operator-rooms', { count: `${rooms.count}${rooms.more ? '+' : ''}` })] : []),
  ];
}

/** A device that is known, else one that stands in the first room of the list; null when there is none. */
async function deviceToAskFor(walk: Walk, operatorUnionId: string): Promise<DeviceRef | null> {
  const known = await knownDevice(walk.context);
  if (known) return known;
  const roomId = walk.rooms?.firstId ?? null;
  if (roomId === null) return null;
  try {
    const { room } = await partsOf(walk).checkup.getRoom(roomId, operatorUnionId, ASKED);
    const [id] = room.deviceUnionIds ?? [];
    return id === undefined ? null : { by: 'unionId', id };
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'room-not-found') return null;
    throw thrown;
  }
}

/** A device that is due to be looked at, which is one that DingTalk knew when it was last asked. */
export async function knownDevice({
  store,
  clock,
}: Pick<DiagnosticContext, 'store' | 'clock'>): Promise<DeviceRef | null> {
  if (store === null) return null;
  const now = clock.now();
  const looks = [
    ...(await store.dueChecks(now, LOOKED_THROUGH)),
    ...(await store.upcomingChecks(now, LOOKED_THROUGH)),
  ];
  const found = looks.find(({ deviceId }) => deviceId !== null);
  return found?.deviceId ? { by: 'deviceId', id: found.deviceId } : null;
}

/** Whether DingTalk takes calls from this server's address: seen from what it answered, no call of its own. */
export const IP_LIST: Step = {
  name: 'ip-list',
  needs: ['host'],
  async run(walk) {
    const outcomes = partsOf(walk).checkup.outcomes();
    const facts = [
      fact('answers-heard', { count: outcomes.filter(({ said }) => said.status !== null).length }),
    ];
    const isProven = outcomes.some(({ api, reason }) => api.includes('/v1.0/rooms/') && reason === null);
    return { state: isProven ? 'ok' : 'unknown', facts };
  },
};
