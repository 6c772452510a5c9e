import type { FleetState } from '#lib/domain/inventory/fleet.ts';

const HOUR_MS = 60 * 60_000;

/** For how long a status is taken to hold after its newest evidence when no event stream reports changes. */
export const CURRENT_FOR_MS = 24 * HOUR_MS;

/** The same for `offline`: a device is restarted or plugged in again within hours, and DingTalk does not say when. */
export const OFFLINE_CURRENT_FOR_MS = 3 * HOUR_MS;

/** A status and its newest evidence: the newer of the last check and the last event, milliseconds since the epoch. */
export type StatusEvidence = { state: FleetState; seenAt: number | null };

/**
 * When statuses are judged, and since when an event transport has been open without a break and is trusted to report
 * every change; null while none is. Milliseconds since the epoch.
 */
export type CurrencyMoment = { now: number; vouchedSince: number | null };

/** The newer of a check and an event; null where there is neither. Milliseconds since the epoch. */
export function newestEvidence(observedAt: number | null, eventAt: number | null): number | null {
  if (observedAt === null || eventAt === null) return observedAt ?? eventAt;
  return Math.max(observedAt, eventAt);
}

/**
 * Until when a status holds by the age of its evidence alone, milliseconds since the epoch. That a device was removed or
 * never answered is not a status that it reported, and does not expire.
 */
export function currentUntil({ state, seenAt }: StatusEvidence): number {
  if (state === 'removed' || state === 'not-observed' || seenAt === null) return Number.POSITIVE_INFINITY;
  return seenAt + (state === 'offline' ? OFFLINE_CURRENT_FOR_MS : CURRENT_FOR_MS);
}

/**
 * Whether there is reason to believe that a status still holds: its evidence is recent, or an event transport that has
 * been open since then would have reported a change. Otherwise it is the last known status.
 */
export function isCurrent(evidence: StatusEvidence, { now, vouchedSince }: CurrencyMoment): boolean {
  if (now < currentUntil(evidence)) return true;
  return vouchedSince !== null && evidence.seenAt !== null && evidence.seenAt >= vouchedSince;
}

/** A status that says whether it still holds; a controller's is as old as what is known of its device. */
export const withCurrency = <S extends { state: FleetState }>(
  status: S,
  seenAt: number | null,
  moment: CurrencyMoment,
): S & { current: boolean } => ({ ...status, current: isCurrent({ state: status.state, seenAt }, moment) });
