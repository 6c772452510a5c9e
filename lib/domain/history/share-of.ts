/**
 * A part of a whole between 0 and 1, in steps of a tenth of a percent and never made more than it is: 99.96% is not all,
 * and whatever there is is not nothing.
 */
export function shareOf(part: number, whole: number): number {
  if (part <= 0 || whole <= 0) return 0;
  return Math.max(1, Math.floor((1_000 * part) / whole)) / 1_000;
}
