import { type FourFold, fisherGreater } from './fisher.ts';

/** What devices may have in common, in the order in which it is seen among equals. */
export const COMMON_ATTRIBUTES = ['subnet', 'model', 'firmware', 'software', 'group', 'camera'] as const;

export type CommonAttribute = (typeof COMMON_ATTRIBUTES)[number];

/** Less probable than this by chance alone, after correction, is worth a word. */
const IMPROBABLE = 0.01;
/** Of those who have the issue so many must have the value for it to be called common. */
const LEAST_SHARE = 0.5;
const LEAST_DEVICES = 2;

/** How many devices with an issue, and how many without it, have each value of each attribute. */
export type Tally = {
  devices: number;
  others: number;
  values: Partial<Record<CommonAttribute, ReadonlyMap<string, { have: number; others: number }>>>;
};

/** A value that devices with an issue have in common more than chance explains. It says nothing about causes. */
export type CommonValue = FourFold & {
  attribute: CommonAttribute;
  value: string;
  /** Where the value is an id: what it is called; null when it has no name. */
  label?: string | null;
  /**
   * The chance to see this by chance alone, by Fisher's exact test, one-sided, times the number of values that were
   * tested: who tries twenty values finds one of twenty.
   */
  chance: number;
};

/** Tests every value that at least two of the devices share, of each attribute the least probable one is seen. */
export function commonValues({ devices, others, values }: Tally): CommonValue[] {
  const tested = COMMON_ATTRIBUTES.flatMap((attribute) =>
    [...(values[attribute] ?? [])].flatMap(([value, counts]) => {
      if (counts.have < LEAST_DEVICES) return [];
      const fold: FourFold = {
        with: { have: counts.have, of: devices },
        without: { have: counts.others, of: others },
      };
      return [{ attribute, value, ...fold, chance: fisherGreater(fold) }];
    }),
  );
  const corrected = tested
    .map((each) => ({ ...each, chance: Math.min(1, each.chance * tested.length) }))
    .filter((each) => each.chance < IMPROBABLE && each.with.have >= LEAST_SHARE * devices)
    .sort((a, b) => a.chance - b.chance || b.with.have - a.with.have);
  const seen = new Set<CommonAttribute>();
  return corrected.filter(({ attribute }) => !seen.has(attribute) && seen.add(attribute));
}
