import type { Device } from '#lib/domain/devices/device.ts';
import { MAC_FITS, MAC_STRAYS, PARTS, type Part } from '#lib/domain/devices/named-parts.ts';
import { subnetOf } from '#lib/domain/inventory/subnet.ts';
import type { IndexedDevice } from '#lib/services/inventory/index/indexed-device.ts';
import type { ModelCounts } from '#lib/services/inventory/index/peers.ts';
import type { InventoryView } from '#lib/services/inventory/inventory.ts';
import type { FirstVersion, VersionPart } from '#lib/store/issues/issues.ts';
import type { Likewise, Near, Other, Subject, VersionCount } from './subject.ts';

/** A network or a floor with more devices than this is no neighbourhood, and would take long to walk. */
const MOST_NEAR = 500;
/** So many rooms with a device have one alone where that is the rule. */
const ONE_TO_A_ROOM = 0.8;

/** The device whose surroundings are meant, as it was read. */
type Own = { key: string; device: Device; observedAt: number };

/** What stands around a device in the inventory. Pure; walks its own floor and subnet only. */
export function surroundings(
  view: InventoryView,
  firstVersions: readonly FirstVersion[],
  own: Own,
): Pick<Subject, 'roommates' | 'near' | 'likewise'> {
  const { fleet, rooms, groups } = view;
  const othersIn = (keys: readonly string[]): Other[] =>
    keys.length > MOST_NEAR ? [] : keys.flatMap((key) => (key === own.key ? [] : otherOf(fleet.get(key))));
  const { room, network } = own.device;
  const groupId = (room && rooms.get(room.id)?.groupId) ?? null;
  const subnet = subnetOf(network.ip);
  const near: Near[] = [
    ...(groupId === null
      ? []
      : [
          {
            what: 'group' as const,
            name: groups.namesOf(groupId).join(' / '),
            others: othersIn(fleet.peers.inGroup(groupId)),
          },
        ]),
    ...(subnet === null
      ? []
      : [{ what: 'subnet' as const, name: subnet, others: othersIn(fleet.peers.inSubnet(subnet)) }]),
  ];
  return {
    // Where rooms often have several, one more is nothing to tell of.
    roommates: room === null || rooms.alone < ONE_TO_A_ROOM ? [] : othersIn(fleet.inRoom(room.id)),
    near: near.filter(({ others }) => others.length > 0),
    likewise: likewise(view, firstVersions, own),
  };
}

function otherOf(row: IndexedDevice | undefined): Other[] {
  if (!row) return [];
  const { device, current } = row;
  if (device.removedAt !== null || device.observedAt === null || device.source === null) return [];
  const { deviceId, name, state, networkType, observedAt, source } = device;
  return [{ deviceId, name, state, current, networkType, observedAt, source }];
}

function likewise(
  { fleet }: InventoryView,
  firstVersions: readonly FirstVersion[],
  { key, device, observedAt }: Own,
): Likewise | null {
  const counts = device.model === null ? undefined : fleet.peers.ofModel(device.model);
  if (!counts || device.model === null) return null;
  // It is counted as the inventory has it, which may be older or newer than what was read.
  const counted = fleet.get(key)?.device;
  const isCounted =
    counted?.model === device.model && counted.removedAt === null && counted.observedAt !== null;
  const own = isCounted ? counted : null;
  const others = counts.devices - (own ? 1 : 0);
  if (others === 0) return null;
  const { model } = device;
  return {
    model,
    others,
    firmware: versionsOf('firmware'),
    software: versionsOf('software'),
    parts: partsOf(counts, own?.parts ?? null),
    partsKnown: counts.partsKnown - (own !== null && own.parts !== null ? 1 : 0),
    mac: macOf(counts, own?.parts ?? null),
    seenAt: observedAt,
  };

  function versionsOf(part: VersionPart): VersionCount[] {
    const firsts = firstVersions.filter((each) => each.model === model && each.part === part);
    return firsts.map(({ version, at }) => {
      const count = (counts?.[part].get(version) ?? 0) - (own?.[part] === version ? 1 : 0);
      return { version, count, firstSeenAt: at };
    });
  }
}

const macOf = ({ mac: { fits, strays } }: ModelCounts, own: string | null): Likewise['mac'] => ({
  fits: fits - (own?.includes(MAC_FITS) ? 1 : 0),
  strays: strays - (own?.includes(MAC_STRAYS) ? 1 : 0),
});

const partsOf = (counts: ModelCounts, own: string | null): Record<Part, number> =>
  Object.fromEntries(
    (Object.keys(PARTS) as Part[]).map((part) => [
      part,
      counts.parts[part] - (own?.includes(PARTS[part]) ? 1 : 0),
    ]),
  ) as Record<Part, number>;
