import type { Count } from '#lib/api/inventory/fleet-answers.ts';
import type { FacetColumn } from './index/facet-column.ts';

/** What is known of rows beside their facets: not there, there, or there and gone. */
export const ABSENT = 0;
export const THERE = 1;
export const GONE = 2;

/** How each row stands, by slot. */
export type Presence = { set(slot: number, state: number): void; readonly all: Uint8Array };

export function createPresence(): Presence {
  let all = new Uint8Array(1_024);
  return {
    set(slot, state) {
      if (slot >= all.length) {
        const wider = new Uint8Array(Math.max(slot + 1, all.length * 2));
        wider.set(all);
        all = wider;
      }
      all[slot] = state;
    },
    get all() {
      return all;
    },
  };
}

export type Counted = { total: number; passes: (slot: number) => boolean; counts: Count[][] };

/** How a row stands: 0 fails, 1 passes, more fails in the one column of that number less two. */
const PASSES = 1;
const ALONE = 2;

/**
 * Filters and counts by columns of small numbers. A row that fails in one column alone still counts among that column's
 * values, which is what choosing one of them would bring. Gone rows are shown when `showsRemoved`, and counted in the
 * first column, so that they can be chosen there.
 */
export function countMatches(
  columns: FacetColumn[],
  wanted: (string | null)[][],
  { presence, end, isMatch, showsRemoved }: Matcher,
): Counted {
  const chosen = columns.flatMap((column, index) => {
    const among = column.chosen(wanted[index] ?? []);
    return among === null ? [] : [{ among, codes: column.codes, index }];
  });
  const verdicts = new Uint8Array(end);
  const slots = roomFor(end);
  let [total, counting] = [0, 0];
  for (let slot = 0; slot < end; slot++) {
    const state = presence[slot];
    if (state === ABSENT || (isMatch !== null && !isMatch(slot))) continue;
    let verdict = state === GONE && !showsRemoved ? ALONE : PASSES;
    for (const { among, codes, index } of chosen) {
      if (among[codes[slot] as number] === 1 || verdict === ALONE + index) continue;
      verdict = verdict === PASSES ? ALONE + index : 0;
      if (verdict === 0) break;
    }
    if (verdict === 0) continue;
    verdicts[slot] = verdict;
    slots[counting++] = slot;
    if (verdict === PASSES) total += 1;
  }
  return {
    total,
    passes: (slot) => verdicts[slot] === PASSES,
    counts: columns.map((column, index) =>
      column.counts(counted(column, { slots, counting, verdicts }, ALONE + index)),
    ),
  };
}

type Matcher = {
  presence: Uint8Array;
  end: number;
  /** Whether a row is meant by what is asked beside the columns; null when nothing is. */
  isMatch: ((slot: number) => boolean) | null;
  showsRemoved: boolean;
};

let slotsOfLast = new Uint32Array(0);

/** Where a walk notes what it found; one at a time, and used again by the next. */
function roomFor(slots: number): Uint32Array {
  if (slotsOfLast.length < slots) slotsOfLast = new Uint32Array(slots * 2);
  return slotsOfLast;
}

type Walked = { slots: Uint32Array; counting: number; verdicts: Uint8Array };

function counted(column: FacetColumn, { slots, counting, verdicts }: Walked, alone: number): Uint32Array {
  const { codes } = column;
  const counters = column.counters();
  for (let at = 0; at < counting; at++) {
    const slot = slots[at] as number;
    const verdict = verdicts[slot];
    if (verdict !== PASSES && verdict !== alone) continue;
    const code = codes[slot] as number;
    counters[code] = (counters[code] as number) + 1;
  }
  return counters;
}
