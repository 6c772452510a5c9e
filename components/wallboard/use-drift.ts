import { useEffect, useState } from 'react';

const STAYS_MS = 3 * 60_000;
const PLACES = ['0 0', '6px 0', '6px 6px', '0 6px'];

/** A few pixels to and fro every few minutes, too little to be seen: what never moves burns itself into some screens. */
export function useDrift(): string {
  const [at, setAt] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setAt((before) => (before + 1) % PLACES.length), STAYS_MS);
    return () => clearInterval(timer);
  }, []);
  return PLACES[at] ?? '0 0';
}
