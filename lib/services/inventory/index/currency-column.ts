import {
  type CurrencyMoment,
  currentUntil,
  isCurrent,
  newestEvidence,
} from '#lib/domain/devices/status-currency.ts';
import type { FleetDevice } from '#lib/domain/inventory/fleet.ts';

/** Which rows have a status that still holds, as time passes. */
export type CurrencyColumn = {
  /** Whether a device's status holds at the moment that was judged last. */
  isCurrent(device: FleetDevice): boolean;
  set(slot: number, device: FleetDevice): void;
  remove(slot: number): void;
  /** Goes on to a moment; answers the rows whose status holds no longer, or again. */
  judge(moment: CurrencyMoment): number[];
  /** The moment that was judged last. */
  readonly judged: CurrencyMoment;
};

const evidenceOf = ({ state, observedAt, eventAt }: FleetDevice) => ({
  state,
  seenAt: newestEvidence(observedAt, eventAt),
});

/**
 * Two numbers a row, so that finding what expired is a walk through plain numbers, and no walk at all until the next row
 * expires: a request costs the same however many rows there are.
 */
export function createCurrencyColumn(): CurrencyColumn {
  let seenAt = new Float64Array(1_024);
  let until = new Float64Array(1_024);
  let current = new Uint8Array(1_024);
  let end = 0;
  // Before anything is judged everything holds.
  let last: CurrencyMoment = { now: Number.NEGATIVE_INFINITY, vouchedSince: null };
  /** When the next row may expire; counts rows that events vouch for as well, which costs a walk too many. */
  let nextAt = Number.POSITIVE_INFINITY;

  const holds = (slot: number, { now, vouchedSince }: CurrencyMoment) =>
    now < (until[slot] as number) || (vouchedSince !== null && (seenAt[slot] as number) >= vouchedSince);
  const widen = (slot: number) => {
    if (slot < until.length) return;
    const wider = Math.max(slot + 1, until.length * 2);
    [seenAt, until] = [copied(seenAt, wider), copied(until, wider)];
    const marks = new Uint8Array(wider);
    marks.set(current);
    current = marks;
  };
  return {
    get judged() {
      return last;
    },
    isCurrent: (device) => isCurrent(evidenceOf(device), last),
    set(slot, device) {
      widen(slot);
      const evidence = evidenceOf(device);
      seenAt[slot] = evidence.seenAt ?? Number.NEGATIVE_INFINITY;
      until[slot] = currentUntil(evidence);
      current[slot] = isCurrent(evidence, last) ? 1 : 0;
      const expires = until[slot] as number;
      if (expires > last.now) nextAt = Math.min(nextAt, expires);
      end = Math.max(end, slot + 1);
    },
    remove(slot) {
      // A row that is not there never expires.
      until[slot] = Number.POSITIVE_INFINITY;
      current[slot] = 1;
    },
    judge(moment) {
      const isOnward = moment.now >= last.now && moment.vouchedSince === last.vouchedSince;
      last = moment;
      if (isOnward && moment.now < nextAt) return [];
      const turned: number[] = [];
      nextAt = Number.POSITIVE_INFINITY;
      for (let slot = 0; slot < end; slot++) {
        const now = holds(slot, moment) ? 1 : 0;
        if (now !== current[slot]) turned.push(slot);
        current[slot] = now;
        const expires = until[slot] as number;
        if (now === 1 && expires > moment.now && expires < nextAt) nextAt = expires;
      }
      return turned;
    },
  };
}

function copied(column: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(length);
  wider.set(column);
  return wider;
}
