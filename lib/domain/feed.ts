/** What open pages and other instances are told of. `seq` only grows, in the order in which changes became visible. */
export type FeedEntry = {
  seq: number;
  /** Milliseconds since the epoch. */
  at: number;
  /**
   * `device` and `room` name theirs in `key`, `event` the device it is about; `groups`: the tree; `service`: budget,
   * discovery, sweep; `note`: what people left, by the kind and the name of what it is about.
   */
  kind: 'device' | 'room' | 'event' | 'groups' | 'service' | 'note';
  key: string | null;
};
