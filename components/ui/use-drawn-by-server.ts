'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** Whether what is shown is as the server drew it: its scripts do not run yet. False from the first update on. */
export function useDrawnByServer(): boolean {
  return useSyncExternalStore(
    never,
    () => false,
    () => true,
  );
}
