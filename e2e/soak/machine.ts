import { readFileSync } from 'node:fs';

/** The condition of the machine, to distinguish its delays from those of the server. */
export type Machine = {
  /** The longest delay of a timer in this process. */
  longestStandstillMs: number;
  /** The share of time in which a process waited for a processor; null where the kernel does not report it. */
  waitedForProcessor: number | null;
};

const TICK_MS = 100;

/** Measures until the returned function is called. */
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
