import { queryOptions } from '@tanstack/react-query';
import type { FleetAnswer } from '#lib/domain/fleet-answer.ts';
import { EVERY_DEVICE, type FleetQuestion, fleetParams } from '#lib/domain/fleet-question.ts';
import { fetchJson } from './fetch-json.ts';

/** The states that a wall calls somebody for, the worst first. */
export const WALL_STATES = ['offline', 'unknown'] as const;

/** More than this fits on no wall. */
export const WALL_ROWS = 60;

/** What is not told is asked for: a wall stands for weeks, and says how old it is by what it last heard. */
const ASKED_EVERY_MS = 60_000;

/** The devices in one state, what came last first, in a group and all below it or everywhere. */
export function wallQuestion(group: string | null, state: (typeof WALL_STATES)[number]): FleetQuestion {
  const facets = { ...EVERY_DEVICE.facets, status: [state], group: group === null ? [] : [group] };
  return { ...EVERY_DEVICE, facets, sort: '-since' };
}

/** An answer with the moment it reached this browser, by the browser's clock; its counts are of every state. */
export function wallQuery(reader: string, group: string | null, state: (typeof WALL_STATES)[number]) {
  const params = fleetParams(wallQuestion(group, state));
  params.set('limit', String(WALL_ROWS));
  const address = params.toString();
  return queryOptions({
    queryKey: ['fleet', reader, 'wall', address],
    queryFn: async ({ signal }) => (await fetchJson(`/api/v1/devices?${address}`, signal)) as FleetAnswer,
    staleTime: ASKED_EVERY_MS / 2,
    refetchInterval: ASKED_EVERY_MS,
  });
}
