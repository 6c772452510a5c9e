import type { ReadingSource } from './reading.ts';

/** A field that differs between two readings that follow each other. Times are milliseconds since the epoch. */
export type Change = {
  deviceKey: string;
  /** When the newer reading was made: the change happened at some moment since `notBefore`. */
  at: number;
  notBefore: number;
  /** The field's path, such as `network.ip` or `controllers.2345.status.state`. */
  field: string;
  from: unknown;
  to: unknown;
  source: ReadingSource;
};

/** A stretch in one state, from the first reading that said so to the last. */
export type StatusSpan = {
  deviceKey: string;
  from: number;
  to: number;
  state: string;
  source: ReadingSource;
};
