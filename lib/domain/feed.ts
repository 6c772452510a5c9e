/** What open pages and other instances are told of. `seq` only grows, in the order in which changes became visible. */
export type FeedEntry = {
  seq: number;
  /** Milliseconds since the epoch. */
  at: number;
  /** `device` and `room` name theirs in `key`; `groups`: the tree; `service`: budget, discovery, sweep. */
  kind: 'device' | 'room' | 'groups' | 'service';
  key: string | null;
};
