import type { QueryClient } from '@tanstack/react-query';

/** However much happens, a list is asked for about twice a second at most. */
const PACE_MS = 450;

/** Asks anew what has become old: gathered, paced, and never while the same question is still under way. */
export function createRefresher(client: QueryClient, reader: string) {
  const old = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const refresh = () => {
    timer = null;
    for (const part of [...old]) {
      const queryKey = [part, reader];
      // An answer under way may be from before; it is asked for once more when it is there.
      if (client.isFetching({ queryKey }) > 0) continue;
      old.delete(part);
      void client.invalidateQueries({ queryKey });
    }
    if (old.size > 0) timer = setTimeout(refresh, PACE_MS);
  };
  return {
    mark(parts: readonly string[]) {
      for (const part of parts) old.add(part);
      timer ??= setTimeout(refresh, PACE_MS);
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      old.clear();
    },
  };
}
