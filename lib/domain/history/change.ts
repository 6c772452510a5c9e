import type { MarkSource } from './status-mark.ts';

/** A field that differs between two readings that follow each other, or that an event told of. Times are milliseconds since the epoch. */
export type Change = {
  deviceKey: string;
  /** When the newer reading was made: the change happened at some moment since `notBefore`. */
  at: number;
  notBefore: number;
  /** The field's path, such as `network.ip` or `controllers.2345.status.state`. */
  field: string;
  from: unknown;
  to: unknown;
  source: MarkSource;
};
