import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** However many events arrive, a query is refetched about twice a second at most. */
const INTERVAL_MS = 450;

/** Refetches queries that live events made old: collected, paced, and never while the same query is being fetched. */
export function createRefresher(client: QueryClient) {
  const marked = new Map<string, QueryKey>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const refetch = () => {
    timer = null;
    for (const [text, queryKey] of [...marked]) {
      // A fetch in progress may bring an answer from before the event, so the query is refetched after it.
      if (client.isFetching({ queryKey }) > 0) continue;
      marked.delete(text);
      void client.invalidateQueries({ queryKey });
    }
    if (marked.size > 0) timer = setTimeout(refetch, INTERVAL_MS);
  };
  return {
    /** Marks every query under these keys as old. @param keys query keys or their beginnings */
    mark(keys: readonly QueryKey[]) {
      for (const key of keys) marked.set(JSON.stringify(key), key);
      timer ??= setTimeout(refetch, INTERVAL_MS);
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      marked.clear();
    },
  };
}
