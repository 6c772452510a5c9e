const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

export type LengthUnit = (typeof UNITS)[number][0];

/** A length of time in its largest unit that fits and the next one where that is not nothing, rounded down. */
export function lengthUnits(ms: number): { unit: LengthUnit; n: number }[] {
  const first = UNITS.findIndex(([, size]) => ms >= size);
  const [largest, next] = first < 0 ? [UNITS[3]] : UNITS.slice(first, first + 2);
  const [unit, size] = largest ?? UNITS[3];
  const whole = { unit, n: Math.max(0, Math.floor(ms / size)) };
  const rest = next ? { unit: next[0], n: Math.floor((ms % size) / next[1]) } : null;
  return rest && rest.n > 0 ? [whole, rest] : [whole];
}
