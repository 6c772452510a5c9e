import type { OrderedRows } from './ordered-rows.ts';

/** Up to `limit` rows whose haystack holds all the words; none of no words. */
export function findIn<R>(rows: OrderedRows<R>, haystacks: string[], words: string[], limit: number): R[] {
  const found: R[] = [];
  if (words.length === 0) return found;
  for (let slot = 0; slot < rows.end && found.length < limit; slot++) {
    const row = rows.at(slot);
    if (row && words.every((word) => haystacks[slot]?.includes(word))) found.push(row);
  }
  return found;
}
