import { vi } from 'vitest';

const LIMIT_MS = 5_000;

/** Waits until the check holds, for as long as two busy cores may need. */
export const soon = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, LIMIT_MS);
