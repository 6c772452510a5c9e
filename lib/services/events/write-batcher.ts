import type { Clock } from '#lib/domain/clock.ts';

/** Gathers what need not be durable at once, and writes it together: each commit holds up whoever asks meanwhile. */
export type WriteBatcher<T> = {
  add(item: T): void;
  /** Writes what was gathered and resolves when everything was written or given up. */
  settled(): Promise<void>;
};

/** An answer has left by then, and nobody has looked yet. */
const WAIT_MS = 100;

/** `write` gets everything that came within a moment, in the order in which it came; `failed` hears when it could not. */
export function createWriteBatcher<T>(
  clock: Pick<Clock, 'sleep'>,
  write: (items: T[]) => Promise<void>,
  failed: (items: T[], error: unknown) => void,
): WriteBatcher<T> {
  let gathered: T[] = [];
  let hurry = new AbortController();
  let underWay: Promise<void> | null = null;

  const writeSoon = async () => {
    await clock.sleep(WAIT_MS, hurry.signal).catch(() => undefined);
    const items = gathered;
    gathered = [];
    underWay = null;
    await write(items).catch((error: unknown) => failed(items, error));
  };
  const writing = new Set<Promise<void>>();
  return {
    add(item) {
      gathered.push(item);
      if (underWay) return;
      const one = writeSoon().finally(() => writing.delete(one));
      underWay = one;
      writing.add(one);
    },
    async settled() {
      hurry.abort();
      await Promise.all(writing);
      hurry = new AbortController();
    },
  };
}
