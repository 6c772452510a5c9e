import { useEffect } from 'react';

/** Keeps the screen awake while the page is looked at, where the browser can; nothing is said where it cannot. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let over = false;
    const hold = async () => {
      if (document.hidden || !('wakeLock' in navigator)) return;
      const held = await navigator.wakeLock.request('screen').catch(() => null);
      if (over) void held?.release();
      else lock = held;
    };
    void hold();
    // The browser lets go of it whenever the page is hidden.
    const onVisible = () => void hold();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', onVisible);
      void lock?.release();
    };
  }, []);
}
