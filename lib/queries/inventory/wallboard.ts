import { queryOptions } from '@tanstack/react-query';
import type { FleetAnswer } from '#lib/api/inventory/fleet-answers.ts';
import { LISTED_STATUSES } from '#lib/domain/inventory/fleet.ts';
import { EVERY_DEVICE, type FleetQuestion, fleetParams } from '#lib/domain/inventory/fleet-filter.ts';
import { ISSUE_CODES, severityOf } from '#lib/domain/issues/issue.ts';
import { fetchJson } from '#lib/queries/fetch-json.ts';
import type { Reader } from '#lib/queries/reader.ts';

const STATED = ['offline', 'unknown', 'last-known', 'removed'];

const CRITICAL = ISSUE_CODES.filter((code) => severityOf(code) === 'critical');

/** What a wall calls somebody for, the worst first: each device is in one of them at most. */
const PARTS = {
  offline: { status: ['offline'] },
  unknown: { status: ['unknown'] },
  /** It answers, and yet nobody can meet with it. */
  broken: {
    status: LISTED_STATUSES.filter((state) => !STATED.includes(state)),
    issue: CRITICAL,
  },
  /** Something was wrong when it was last heard of, which may be over. */
  lastKnown: { status: ['last-known'], issue: CRITICAL },
} satisfies Record<string, Partial<FleetQuestion['facets']>>;

export type WallboardPart = keyof typeof PARTS;
export const WALLBOARD_PARTS = Object.keys(PARTS) as WallboardPart[];

/** More than this fits on no wall. */
export const WALLBOARD_ROWS = 60;

/** What is not told is asked for: a wall stands for weeks, and says how old it is by what it last heard. */
const ASKED_EVERY_MS = 60_000;

/** The devices of one part, what came last first, in a group and all below it or everywhere. */
export function wallboardFilter(group: string | null, part: WallboardPart): FleetQuestion {
  const facets = { ...EVERY_DEVICE.facets, ...PARTS[part], group: group === null ? [] : [group] };
  return { ...EVERY_DEVICE, facets, sort: '-since' };
}

/** One part of a wall. The counts of states in the answer about `offline` are of every device. */
export function wallboardQuery(reader: Reader, group: string | null, part: WallboardPart) {
  const params = fleetParams(wallboardFilter(group, part));
  params.set('limit', String(WALLBOARD_ROWS));
  const address = params.toString();
  return queryOptions({
    queryKey: ['fleet', reader.key, 'wall', address],
    queryFn: async ({ signal }) => (await fetchJson(`/api/v1/devices?${address}`, signal)) as FleetAnswer,
    staleTime: ASKED_EVERY_MS / 2,
    refetchInterval: ASKED_EVERY_MS,
  });
}
