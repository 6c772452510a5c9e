import type { CheckReason, FleetDevice } from '#lib/domain/inventory/fleet.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long after its last reading a device is looked at again, at the soonest; the budget may make it later. */
export const CHECK_AFTER_MS: Record<CheckReason, number> = {
  'never-read': 0,
  watched: 30 * MINUTE,
  changed: 2 * HOUR,
  // The soonest; it doubles with how long the device has been offline.
  offline: 30 * MINUTE,
  routine: DAY,
  'idle-long': 7 * DAY,
};

/** A device that has changed nothing for this long is looked at rarely. */
const IDLE_AFTER_MS = 14 * DAY;

type Seen = Pick<FleetDevice, 'state' | 'stateSince' | 'changedAt' | 'firstSeenAt'>;

/**
 * When a device that was read at `now` is to be looked at next, and why. Offline ones soon and then ever less often,
 * those that changed within a day sooner than the rest, those that never change rarely.
 */
export function planAfterReading(device: Seen, now: number): { at: number; reason: CheckReason } {
  const plan = (reason: CheckReason, afterMs = CHECK_AFTER_MS[reason]) => ({ at: now + afterMs, reason });
  if (device.state === 'offline') {
    const offlineFor = now - (device.stateSince ?? now);
    return plan('offline', Math.min(DAY, Math.max(CHECK_AFTER_MS.offline, offlineFor)));
  }
  if (device.changedAt !== null && now - device.changedAt < DAY) return plan('changed');
  const quietSince = device.changedAt ?? device.firstSeenAt;
  return plan(now - quietSince > IDLE_AFTER_MS ? 'idle-long' : 'routine');
}

const MONTH = 30 * DAY;
const ROOMS_A_PAGE = 100;
/** What of the desk's own share the room list, and the rooms' devices, may cost in a month. */
const LISTING_SHARE = 0.1;
const DETAIL_SHARE = 1 / 3;

/**
 * How often the room list is read anew, and how old the word about a room's devices may become, in milliseconds: a day
 * and a week, or longer where that many rooms would eat up `ownCalls`, what the desk may spend by itself in a month.
 */
export function listingRhythm(rooms: number, ownCalls: number): { listMs: number; detailMs: number } {
  const calls = Math.max(1, ownCalls);
  const pages = 1 + Math.max(1, Math.ceil(rooms / ROOMS_A_PAGE));
  return {
    listMs: Math.max(DAY, (MONTH * pages) / (calls * LISTING_SHARE)),
    detailMs: Math.max(7 * DAY, (MONTH * rooms) / (calls * DETAIL_SHARE)),
  };
}
