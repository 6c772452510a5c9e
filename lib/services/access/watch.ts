import type { Clock } from '#lib/domain/clock.ts';

/** How soon a page that stays open notices that its session was ended on another instance. */
const CHECK_EVERY_MS = 1_000;

/** Calls back when the session or token of an open connection ends. */
export type Watch = {
  /** Calls back once when the session or token of this ID ends. Returns a function that cancels this. */
  watch(id: string, over: () => void): () => void;
  /** Calls back for these IDs now. */
  over(ids: Iterable<string>): void;
  close(): void;
};

/** Creates a watch. `among` returns which of the given IDs are still open; it is called once a second for all of them. */
export function createWatch(clock: Clock, among: (ids: string[]) => Promise<string[]>): Watch {
  const watched = new Map<string, Set<() => void>>();
  const closed = new AbortController();
  let checking = false;

  const over = (ids: Iterable<string>) => {
    for (const id of ids) {
      const callbacks = watched.get(id);
      watched.delete(id);
      for (const each of callbacks ?? []) each();
    }
  };
  const check = async () => {
    checking = true;
    while (watched.size > 0 && !closed.signal.aborted) {
      await clock.sleep(CHECK_EVERY_MS, closed.signal).catch(() => undefined);
      const ids = [...watched.keys()];
      if (ids.length === 0 || closed.signal.aborted) break;
      // When the store fails, the next check is in a second.
      const open = await among(ids).catch(() => ids);
      const still = new Set(open);
      over(ids.filter((id) => !still.has(id)));
    }
    checking = false;
  };
  return {
    watch(id, callback) {
      const all = watched.get(id) ?? new Set();
      watched.set(id, all.add(callback));
      if (!checking) void check();
      return () => {
        all.delete(callback);
        if (all.size === 0 && watched.get(id) === all) watched.delete(id);
      };
    },
    over,
    close: () => closed.abort(),
  };
}
