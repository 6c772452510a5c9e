import type { CommonAnswer } from '#lib/api/issues/issue-answers.ts';
import { can, type Operator } from '#lib/domain/access/operator.ts';
import { subnetOf } from '#lib/domain/inventory/subnet.ts';
import type { IssueCode } from '#lib/domain/issues/issue.ts';
import {
  COMMON_ATTRIBUTES,
  type CommonAttribute,
  commonValues,
  type Tally,
} from '#lib/domain/issues/shared-attributes.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import type { FleetIndex } from '#lib/services/inventory/index/fleet-index.ts';
import { groupLabel } from '#lib/services/inventory/index/group-paths.ts';
import type { IndexedDevice } from '#lib/services/inventory/index/indexed-device.ts';
import { createVersionMemory, type VersionMemory } from '#lib/services/inventory/index/version-memory.ts';

/** Said where there is none. */
const NO_ADDRESS = '0.0.0.0';

const VALUE: Record<CommonAttribute, (row: IndexedDevice) => string | null> = {
  subnet: ({ device }) => (device.ip === NO_ADDRESS ? null : subnetOf(device.ip)),
  model: ({ device }) => device.model,
  firmware: ({ device }) => device.firmware,
  software: ({ device }) => device.software,
  group: ({ groupId }) => groupId,
  camera: ({ device }) => device.camera,
};

/**
 * What the devices that share a standing finding have in common and the others have not, tested exactly. Subnets are for
 * those who may see addresses. Answered from memory.
 */
export async function sharedAttributes(
  { inventory }: Pick<ServiceContext, 'inventory'>,
  { role }: Operator,
  issue: IssueCode,
): Promise<CommonAnswer> {
  const { fleet, groups } = await inventory.current();
  const { devices, others, common } = foundIn(fleet, issue, can(role, 'see-network'));
  const labelled = common.map((each) =>
    each.attribute === 'group' ? { ...each, label: groupLabel(groups, each.value) } : each,
  );
  return { issue, devices, others, common: labelled };
}

type Found = Pick<Tally, 'devices' | 'others'> & { common: ReturnType<typeof commonValues> };

/** What was found in a fleet last: everybody who looks at devices with one trouble asks the same. */
const memory = new WeakMap<FleetIndex, VersionMemory<Found>>();

function foundIn(fleet: FleetIndex, issue: IssueCode, seesNetwork: boolean): Found {
  const remembered = memory.get(fleet) ?? createVersionMemory<Found>();
  memory.set(fleet, remembered);
  return remembered(fleet.version, `${issue} ${seesNetwork}`, () => find(fleet, issue, seesNetwork));
}

function find(fleet: FleetIndex, issue: IssueCode, seesNetwork: boolean): Found {
  const { devices, others, values } = count(fleet, issue);
  const { subnet, ...open } = values;
  const seen = seesNetwork && subnet ? { subnet, ...open } : open;
  return { devices, others, common: commonValues({ devices, others, values: seen }) };
}

/** Devices that are gone, or were never read, say nothing. */
function count(fleet: FleetIndex, issue: IssueCode): Tally {
  const values = Object.fromEntries(
    COMMON_ATTRIBUTES.map((attribute) => [attribute, new Map<string, { have: number; others: number }>()]),
  );
  const sums = { devices: 0, others: 0 };
  fleet.forEach((row) => {
    const { removedAt, observedAt, issues } = row.device;
    if (removedAt !== null || observedAt === null) return;
    const has = issues.includes(issue);
    sums[has ? 'devices' : 'others'] += 1;
    for (const attribute of COMMON_ATTRIBUTES) {
      const value = VALUE[attribute](row);
      if (value === null || value === '') continue;
      const counts = values[attribute]?.get(value) ?? { have: 0, others: 0 };
      counts[has ? 'have' : 'others'] += 1;
      values[attribute]?.set(value, counts);
    }
  });
  return { ...sums, values };
}
