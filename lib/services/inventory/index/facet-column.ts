import type { Count } from '#lib/api/inventory/fleet-answers.ts';

/** One property of all rows as small numbers, so that counting a hundred thousand of them takes a millisecond. */
export type FacetColumn = {
  set(slot: number, value: string | null): void;
  /** The number of each row's value, by slot. Valid until the next `set`. */
  readonly codes: Uint32Array;
  /** For each number whether it is among these values; null when nothing is asked of this property. */
  chosen(values: (string | null)[]): Uint8Array | null;
  /** A counter for each number. */
  counters(): Uint32Array;
  /** The counts in words, most first, those of zero left out. */
  counts(counters: Uint32Array): Count[];
};

/** With `split`, a row's value is several at once; `null` is none of them. */
export function createFacetColumn(split: ((value: string) => string[]) | null = null): FacetColumn {
  const values: (string | null)[] = [];
  const codes = new Map<string | null, number>();
  let column = new Uint32Array(1_024);
  /** Where each value comes among those that are as many; made anew when there are others. */
  let places: number[] = [];

  const codeOf = (value: string | null) => {
    const known = codes.get(value);
    if (known !== undefined) return known;
    codes.set(value, values.length);
    return values.push(value) - 1;
  };
  const placesOfAll = () => {
    if (places.length !== values.length) {
      places = new Array(values.length);
      const inOrder = values.map((value, code) => ({ text: `${value}`, code }));
      inOrder.sort((a, b) => a.text.localeCompare(b.text));
      for (const [place, { code }] of inOrder.entries()) places[code] = place;
    }
    return places;
  };
  const partsOf = (value: string | null) => (value === null || split === null ? [value] : split(value));
  const countsOfParts = (counters: Uint32Array): Count[] => {
    const sums = new Map<string | null, number>();
    for (const [code, count] of counters.entries()) {
      if (count === 0) continue;
      for (const part of partsOf(values[code] ?? null)) sums.set(part, (sums.get(part) ?? 0) + count);
    }
    return [...sums]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || `${a.value}`.localeCompare(`${b.value}`));
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
    get codes() {
      return column;
    },
    chosen(wanted) {
      if (wanted.length === 0) return null;
      const among = new Uint8Array(values.length);
      if (split) {
        const asked = new Set(wanted);
        for (const [code, value] of values.entries())
          if (partsOf(value).some((part) => asked.has(part))) among[code] = 1;
        return among;
      }
      for (const value of wanted) {
        const code = codes.get(value);
        if (code !== undefined) among[code] = 1;
      }
      return among;
    },
    counters: () => new Uint32Array(values.length),
    counts(counters) {
      if (split) return countsOfParts(counters);
      const order = placesOfAll();
      const counted: number[] = [];
      for (let code = 0; code < counters.length; code++) if (counters[code]) counted.push(code);
      const countOf = (code: number) => counters[code] as number;
      counted.sort((a, b) => countOf(b) - countOf(a) || (order[a] as number) - (order[b] as number));
      return counted.map((code) => ({ value: values[code] as string | null, count: countOf(code) }));
    },
  };
}
