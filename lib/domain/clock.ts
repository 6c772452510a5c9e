/** Time as it is handed to whoever needs it; nobody reads the machine's clock by themselves. */
export type Clock = {
  /** Wall time, milliseconds since the epoch. May step backwards. */
  now(): number;
  /** Milliseconds from an arbitrary start. Never steps backwards: use it for ages, lives and limits. */
  elapsed(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};
