import { readFileSync } from 'node:fs';

/** How the machine itself fared, so that its own troubles are not taken for the desk's. */
export type Machine = {
  /** The longest time that a timer of this process came too late. */
  longestStandstillMs: number;
  /** Of the whole time, how much some process waited for a processor; null where the kernel does not say. */
  waitedForProcessor: number | null;
};

const TICK_MS = 100;

/** Watches until it is asked for what it saw. */
export function watchMachine(): () => Machine {
  const began = Date.now();
  const waitedBefore = waitedMicroseconds();
  let last = began;
  let longest = 0;
  const timer = setInterval(() => {
    const now = Date.now();
    longest = Math.max(longest, now - last - TICK_MS);
    last = now;
  }, TICK_MS);
  return () => {
    clearInterval(timer);
    const waited = waitedMicroseconds();
    const known = waited !== null && waitedBefore !== null;
    return {
      longestStandstillMs: longest,
      waitedForProcessor: known ? (waited - waitedBefore) / 1_000 / (Date.now() - began) : null,
    };
  };
}

// https://docs.kernel.org/accounting/psi.html
function waitedMicroseconds(): number | null {
  try {
    return Number(
      /^some .*total=(\d+)$/m.exec(readFileSync('/proc/pressure/cpu', 'utf8'))?.[1] ?? Number.NaN,
    );
  } catch {
    return null;
  }
}
