import type { ComparableAnswer } from '#lib/api/devices/device-answers.ts';
import { can, type Operator } from '#lib/domain/access/operator.ts';
import { NEARNESSES, type Nearness } from '#lib/domain/devices/comparable-device.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import { mayName } from '#lib/domain/devices/union-id.ts';
import { subnetOf } from '#lib/domain/inventory/subnet.ts';
import { severityOf } from '#lib/domain/issues/issue.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import type { GroupPaths } from '#lib/services/inventory/index/group-paths.ts';
import type { IndexedDevice } from '#lib/services/inventory/index/indexed-device.ts';

/** States of devices that do not answer, or that nobody understands. */
const SICK = new Set(['offline', 'unknown', 'not-observed', 'removed']);

/**
 * The nearest device of the same model with which nothing serious is wrong: on the same floor, else near it in the tree,
 * else in the same subnet, else with the same firmware, else any. Answered from memory; null where there is none.
 */
export async function findComparableDevice(
  { store, inventory }: Pick<ServiceContext, 'store' | 'inventory'>,
  { role }: Operator,
  ref: DeviceRef,
): Promise<ComparableAnswer> {
  if (!mayName(role, ref)) return { comparable: null };
  const [key, { fleet, groups }] = await Promise.all([store.keyOf(ref), inventory.current()]);
  const own = key === null ? undefined : fleet.get(key);
  const model = own?.device.model ?? null;
  if (!own || model === null) return { comparable: null };
  const nearness = nearnessTo(own, groups, can(role, 'see-network'));
  let best: { row: IndexedDevice; rank: number } | null = null;
  fleet.forEach((row) => {
    const { device } = row;
    if (device.model !== model || device.deviceId === null || row === own) return;
    if (!row.current || SICK.has(device.state)) return;
    if (device.issues.some((code) => severityOf(code) !== 'info')) return;
    const rank = NEARNESSES.indexOf(nearness(row));
    if (!best || rank < best.rank || (rank === best.rank && isBetter(row, best.row, own)))
      best = { row, rank };
  });
  return { comparable: best && comparableOf(best) };
}

function comparableOf({ row: { device, roomName }, rank }: { row: IndexedDevice; rank: number }) {
  const { deviceId, name } = device;
  return { deviceId: deviceId ?? '', name, roomName, near: NEARNESSES[rank] ?? 'model' };
}

/** Among equals the one with the same firmware, then the one that was seen last. */
function isBetter({ device: one }: IndexedDevice, { device: other }: IndexedDevice, own: IndexedDevice) {
  const [first, second] = [one, other].map(({ firmware }) => firmware === own.device.firmware);
  if (first !== second) return first === true;
  return (one.observedAt ?? 0) > (other.observedAt ?? 0);
}

/** Who may not see addresses does not learn either who shares a subnet. */
function nearnessTo(own: IndexedDevice, groups: GroupPaths, seesNetwork: boolean) {
  const parentOf = (id: string | null) => (id === null ? null : (groups.get(id)?.parentId ?? null));
  const parent = parentOf(own.groupId);
  const subnet = seesNetwork ? subnetOf(own.device.ip) : null;
  return ({ groupId, device }: IndexedDevice): Nearness => {
    if (own.groupId !== null && groupId === own.groupId) return 'group';
    if (parent !== null && parentOf(groupId) === parent) return 'parent-group';
    if (subnet !== null && subnetOf(device.ip) === subnet) return 'subnet';
    return own.device.firmware !== null && device.firmware === own.device.firmware ? 'firmware' : 'model';
  };
}
