import { refTo } from '#lib/domain/devices/device-ref.ts';
import { traitsOf } from '#lib/domain/devices/named-parts.ts';
import type { FleetDevice } from '#lib/domain/inventory/fleet.ts';
import { subnetOf } from '#lib/domain/inventory/subnet.ts';
import type { IssueCode } from '#lib/domain/issues/issue.ts';
import { ONE_DEVICES_ALONE } from '#lib/domain/search/identifier-kind.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import type { IndexedDevice } from '#lib/services/inventory/index/indexed-device.ts';
import { findActiveIssues } from './find-issues.ts';
import { subjectOf } from './gather.ts';

type Context = Pick<ServiceContext, 'store' | 'clock' | 'inventory'>;

/** How many devices may be looked through because of one that stands near them. */
const MOST_NEAR = 200;

/** Looks through what is known of devices and writes down what is wrong with each. */
export type IssueScan = {
  /** One device; answers the keys of others of which something else may be found now. Never calls DingTalk. */
  device(key: string): Promise<string[]>;
};

/** Remembers which versions it has seen, so that each is written down once a process. */
export function createIssueScan(context: Context): IssueScan {
  const { store, clock, inventory } = context;
  const seen = new Set<string>();

  const noteVersions = async ({ model, firmware, software, observedAt }: FleetDevice) => {
    if (model === null || observedAt === null) return;
    for (const [part, version] of [
      ['firmware', firmware],
      ['software', software],
    ] as const) {
      const name = JSON.stringify([model, part, version]);
      if (version === null || seen.has(name)) continue;
      await store.noteVersion({ model, part, version, at: observedAt });
      seen.add(name);
    }
  };

  return {
    async device(key) {
      const row = (await inventory.current()).fleet.get(key);
      if (!row) return [];
      const ref = refTo(row.device);
      const now = clock.now();
      const reading = ref && row.device.removedAt === null ? await store.latestReading(ref, { now }) : null;
      if (!reading || !ref) {
        await store.recordIssues(key, [], now);
        return [];
      }
      await noteVersions(row.device);
      const overrides = await store.withOverrides(reading, ref);
      const subject = await subjectOf(context, ref, { ...reading, ...overrides });
      const codes = [...new Set(findActiveIssues(subject).map(({ code }) => code))];
      const news = await store.recordIssues(key, codes, now, traitsOf(overrides.device));
      return concerned(context, row, [...news.raised, ...news.cleared]);
    },
  };
}

/** Whom the news about a device may concern: those it stands with, and those it shares something with. */
async function concerned({ store, inventory }: Context, row: IndexedDevice, news: IssueCode[]) {
  const keys = new Set<string>();
  const { device, groupId } = row;
  const { fleet } = await inventory.current();
  if (news.some((code) => code.startsWith('offline'))) {
    const subnet = subnetOf(device.ip);
    const near = [
      ...(groupId === null ? [] : fleet.peers.inGroup(groupId)),
      ...(subnet === null ? [] : fleet.peers.inSubnet(subnet)),
    ];
    const offline = near.filter((key) => fleet.get(key)?.device.state === 'offline');
    for (const key of offline.slice(0, MOST_NEAR)) keys.add(key);
  }
  if (news.some((code) => code.startsWith('shared-'))) {
    const sharing = await store.sharedIdentifiers(device.key, ONE_DEVICES_ALONE, MOST_NEAR);
    for (const { deviceKey } of sharing) keys.add(deviceKey);
  }
  if (news.includes('two-devices-in-room') && device.roomId !== null) {
    for (const key of fleet.inRoom(device.roomId)) keys.add(key);
  }
  keys.delete(device.key);
  return [...keys];
}
