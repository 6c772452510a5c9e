import { useSyncExternalStore } from 'react';

/** The browser's clock in whole seconds, milliseconds since the epoch; null where the server draws. */
export function useNow(): number | null {
  return useSyncExternalStore(
    onSecond,
    () => Math.floor(Date.now() / 1_000) * 1_000,
    () => null,
  );
}

function onSecond(tick: () => void): () => void {
  const timer = setInterval(tick, 1_000);
  return () => clearInterval(timer);
}
