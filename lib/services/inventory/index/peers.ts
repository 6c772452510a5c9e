import { MAC_FITS, MAC_STRAYS, PARTS, type Part } from '#lib/domain/devices/named-parts.ts';
import type { FleetDevice } from '#lib/domain/inventory/fleet.ts';
import { subnetOf } from '#lib/domain/inventory/subnet.ts';
import { createIdsBy } from './ids-by.ts';
import type { PlacedDevice } from './indexed-device.ts';

/** What the devices of one model say, counted. Devices that are gone or never answered are not among them. */
export type ModelCounts = {
  devices: number;
  firmware: ReadonlyMap<string, number>;
  software: ReadonlyMap<string, number>;
  /** How many name each part, of those of which it is known. */
  parts: Readonly<Record<Part, number>>;
  partsKnown: number;
  /** How many have the MAC of one of their interfaces, and how many another one. */
  mac: { fits: number; strays: number };
};

/** Who stands with whom: by room group, by subnet, by model. */
export type Peers = {
  put(row: PlacedDevice): void;
  remove(row: PlacedDevice): void;
  inGroup(groupId: string): readonly string[];
  /** As `subnetOf` names it. */
  inSubnet(subnet: string): readonly string[];
  ofModel(model: string): ModelCounts | undefined;
};

type Counting = {
  devices: number;
  firmware: Map<string, number>;
  software: Map<string, number>;
  parts: Record<Part, number>;
  partsKnown: number;
  mac: { fits: number; strays: number };
};

export function createPeers(): Peers {
  const groups = createIdsBy();
  const subnets = createIdsBy();
  const models = new Map<string, Counting>();

  const count = (device: FleetDevice, step: 1 | -1) => {
    if (device.model === null || device.removedAt !== null || device.observedAt === null) return;
    const counting = models.get(device.model) ?? nothing();
    models.set(device.model, counting);
    counting.devices += step;
    for (const part of ['firmware', 'software'] as const) turn(counting[part], device[part], step);
    if (device.parts !== null) {
      counting.partsKnown += step;
      for (const part of Object.keys(PARTS) as Part[])
        if (device.parts.includes(PARTS[part])) counting.parts[part] += step;
      if (device.parts.includes(MAC_FITS)) counting.mac.fits += step;
      if (device.parts.includes(MAC_STRAYS)) counting.mac.strays += step;
    }
    if (counting.devices === 0) models.delete(device.model);
  };
  return {
    put(row) {
      const subnet = subnetOf(row.device.ip);
      if (row.groupId !== null) groups.add(row.groupId, row.device.key);
      if (subnet !== null) subnets.add(subnet, row.device.key);
      count(row.device, 1);
    },
    remove(row) {
      const subnet = subnetOf(row.device.ip);
      if (row.groupId !== null) groups.remove(row.groupId, row.device.key);
      if (subnet !== null) subnets.remove(subnet, row.device.key);
      count(row.device, -1);
    },
    inGroup: groups.of,
    inSubnet: subnets.of,
    ofModel: (model) => models.get(model),
  };
}

const nothing = (): Counting => ({
  devices: 0,
  firmware: new Map(),
  software: new Map(),
  partsKnown: 0,
  parts: { camera: 0, microphone: 0, speaker: 0 },
  mac: { fits: 0, strays: 0 },
});

function turn(counts: Map<string, number>, value: string | null, step: 1 | -1): void {
  if (value === null) return;
  const count = (counts.get(value) ?? 0) + step;
  if (count === 0) counts.delete(value);
  else counts.set(value, count);
}
