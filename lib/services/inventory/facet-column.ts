import type { Count } from '#lib/domain/fleet-answer.ts';

/** One property of all rows as small numbers, so that counting a hundred thousand of them takes a millisecond. */
export type FacetColumn = {
  set(slot: number, value: string | null): void;
  /** The number of the row's value. */
  codeAt(slot: number): number;
  /** For each number whether it is among these values; null when nothing is asked of this property. */
  chosen(values: (string | null)[]): Uint8Array | null;
  /** A counter for each number. */
  counters(): Uint32Array;
  /** The counts in words, most first, those of zero left out. */
  counts(counters: Uint32Array): Count[];
};

export function createFacetColumn(): FacetColumn {
  const values: (string | null)[] = [];
  const codes = new Map<string | null, number>();
  let column = new Uint32Array(1_024);

  const codeOf = (value: string | null) => {
    const known = codes.get(value);
    if (known !== undefined) return known;
    codes.set(value, values.length);
    return values.push(value) - 1;
  };
  return {
    set(slot, value) {
      if (slot >= column.length) {
        const wider = new Uint32Array(Math.max(slot + 1, column.length * 2));
        wider.set(column);
        column = wider;
      }
      column[slot] = codeOf(value);
    },
    codeAt: (slot) => column[slot] as number,
    chosen(wanted) {
      if (wanted.length === 0) return null;
      const among = new Uint8Array(values.length);
      for (const value of wanted) {
        const code = codes.get(value);
        if (code !== undefined) among[code] = 1;
      }
      return among;
    },
    counters: () => new Uint32Array(values.length),
    counts: (counters) =>
      values
        .map((value, code) => ({ value, count: counters[code] ?? 0 }))
        .filter(({ count }) => count > 0)
        .sort((a, b) => b.count - a.count || `${a.value}`.localeCompare(`${b.value}`)),
  };
}
