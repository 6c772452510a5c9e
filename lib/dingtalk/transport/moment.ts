// DingTalk came out in December 2014, so what is earlier (seconds taken for milliseconds, too) was never its time.
const FIRST_MS = Date.UTC(2014, 0, 1);
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * Milliseconds since the epoch, whole, out of a number or a numeric text: DingTalk sends both. `null` for everything
 * that cannot be a time of DingTalk's.
 */
export function readMoment(value: unknown): number | null {
  const text = typeof value === 'string' && /^\s*\d{1,16}(\.\d{1,6})?\s*$/.test(value);
  const ms = text || typeof value === 'number' ? Math.trunc(Number(value)) : Number.NaN;
  return ms >= FIRST_MS && ms <= LAST_MS ? ms : null;
}
