import type { FleetDevice, LookReason } from './fleet.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long after its last reading a device is looked at again, at the soonest; the budget may make it later. */
export const LOOK_AFTER_MS: Record<LookReason, number> = {
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
export function planAfterReading(device: Seen, now: number): { at: number; why: LookReason } {
  const plan = (why: LookReason, afterMs = LOOK_AFTER_MS[why]) => ({ at: now + afterMs, why });
  if (device.state === 'offline') {
    const offlineFor = now - (device.stateSince ?? now);
    return plan('offline', Math.min(DAY, Math.max(LOOK_AFTER_MS.offline, offlineFor)));
  }
  if (device.changedAt !== null && now - device.changedAt < DAY) return plan('changed');
  const quietSince = device.changedAt ?? device.firstSeenAt;
  return plan(now - quietSince > IDLE_AFTER_MS ? 'idle-long' : 'routine');
}
