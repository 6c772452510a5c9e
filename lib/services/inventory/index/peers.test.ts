import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fleetDevice } from '#lib/testing/fleet.ts';
import { fuzzRuns } from '#lib/testing/fuzz-runs.ts';
import type { PlacedDevice } from './indexed-device.ts';
import { createPeers, type ModelCounts } from './peers.ts';

const some = <T>(...values: T[]) => fc.constantFrom<T | null>(null, ...values);

const row = fc
  .record({
    key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    model: some('winbox', 'other'),
    firmware: some('V1', 'V2'),
    software: some('7.1'),
    parts: some('', 'cms', 'mn', 'cx'),
    ip: some('10.0.0.1', '10.0.0.2', '10.0.1.1', 'fe80::1', 'DHCP'),
    observedAt: some(1),
    removedAt: fc.oneof(
      { weight: 4, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.constant(5) },
    ),
    groupId: some('g1', 'g2'),
  })
  .map(({ groupId, ...said }): PlacedDevice => ({ device: fleetDevice(said), groupId, roomName: null }));

const having = <T>(rows: PlacedDevice[], read: (row: PlacedDevice) => T, value: T) =>
  rows.filter((each) => read(each) === value).length;

function counted(rows: PlacedDevice[], model: string): ModelCounts | undefined {
  const meant = rows.filter(
    ({ device }) => device.model === model && device.removedAt === null && device.observedAt !== null,
  );
  if (meant.length === 0) return undefined;
  const versions = (part: 'firmware' | 'software') =>
    new Map(
      [...new Set(meant.flatMap(({ device }) => device[part] ?? []))].map((version) => [
        version,
        having(meant, ({ device }) => device[part], version),
      ]),
    );
  const naming = (letter: string) => meant.filter(({ device }) => device.parts?.includes(letter)).length;
  return {
    devices: meant.length,
    firmware: versions('firmware'),
    software: versions('software'),
    parts: { camera: naming('c'), microphone: naming('m'), speaker: naming('s') },
    partsKnown: meant.filter(({ device }) => device.parts !== null).length,
    mac: { fits: naming('n'), strays: naming('x') },
  };
}

test('counts the same as a scan of all devices, after any changes', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
      const peers = createPeers();
      const known = new Map<string, PlacedDevice>();
      for (const each of rows) {
        const before = known.get(each.device.key);
        if (before) peers.remove(before);
        peers.put(each);
        known.set(each.device.key, each);
      }
      const all = [...known.values()];
      for (const model of ['winbox', 'other']) expect(peers.ofModel(model)).toEqual(counted(all, model));
      for (const group of ['g1', 'g2']) {
        const inGroup = all.filter(({ groupId }) => groupId === group).map(({ device }) => device.key);
        expect(peers.inGroup(group).toSorted()).toEqual(inGroup.toSorted());
      }
      const inSubnet = all.filter(({ device }) => device.ip?.startsWith('10.0.0.'));
      expect(peers.inSubnet('10.0.0.0/24').toSorted()).toEqual(
        inSubnet.map(({ device }) => device.key).toSorted(),
      );
    }),
    { numRuns: fuzzRuns(100) },
  );
});
