/** Deepest nesting that is believed; the documented answers need 3. What walks an answer later may recurse. */
const MAX_DEPTH = 32;

type Source = { source?: string };

/**
 * The value of a JSON text, or `undefined` when the text is not JSON or is nested deeper than any honest answer.
 * Whole numbers beyond 2^53 and numbers beyond any double come back as they were written, so that a long numeric id is
 * not rounded to another one and nothing turns into null when it is kept.
 * A `__proto__` member is dropped: it would change the prototype of whatever it is assigned into.
 */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text, revive);
    return isDeeperThan(MAX_DEPTH, value) ? undefined : value;
  } catch {
    // Not kept as a cause: the message of a SyntaxError quotes the text, which may hold a token.
    return undefined;
  }
}

/** Whether the value is a JSON object: neither null nor an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Node before 21 passes no source; there a long number stays rounded, as it would be without us.
function revive(this: unknown, key: string, value: unknown, context?: Source): unknown {
  if (key === '__proto__') return undefined;
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  const written = context?.source;
  const rounded = Number.isInteger(value) && /^-?\d+$/.test(written ?? '');
  return written && (rounded || !Number.isFinite(value)) ? written : value;
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}
