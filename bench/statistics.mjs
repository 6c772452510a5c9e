/** The value below which `share` of all lie. @param {number[]} values @param {number} share from 0 to 1 */
export function quantile(values, share) {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** @param {number[]} values */
export function median(values) {
  return quantile(values, 0.5);
}
