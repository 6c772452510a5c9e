/** How long equal lines are counted instead of written. */
const WINDOW_MS = 60_000;

type Write = (fact: string, details: object) => void;

/**
 * Writes at most one line a minute for each `kind`, of which there must be a closed list; the next one says how many were
 * left out (`repeated`), so that requests of strangers cannot fill the log. `now` is in milliseconds.
 */
export function createMergedLine(now: () => number) {
  const kinds = new Map<string, { until: number; repeated: number }>();
  return (
    write: Write,
    fact: string,
    { kind, ...details }: { kind: string; [name: string]: unknown },
  ): void => {
    const known = kinds.get(kind);
    if (known && now() < known.until) {
      known.repeated += 1;
      return;
    }
    kinds.set(kind, { until: now() + WINDOW_MS, repeated: 0 });
    write(fact, { ...details, ...(known?.repeated && { repeated: known.repeated }) });
  };
}
