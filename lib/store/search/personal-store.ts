/** Something a person keeps at hand: a device by its key or a room by its id. */
export type Pin = { kind: 'device' | 'room'; key: string; at: number };

/** A view that a person named: an own path with its query, such as `/devices?status=offline`. */
export type SavedView = { id: string; name: string; path: string; at: number };

/** What belongs to one person, by their subject. Times are milliseconds since the epoch. */
export type PersonalStore = {
  pins(subject: string): Promise<Pin[]>;
  pin(subject: string, pin: Pin): Promise<void>;
  unpin(subject: string, pin: Pick<Pin, 'kind' | 'key'>): Promise<void>;
  /** In the order of their names. */
  savedViews(subject: string): Promise<SavedView[]>;
  /** A view of the same name is replaced. */
  saveView(subject: string, view: SavedView): Promise<void>;
  removeView(subject: string, id: string): Promise<void>;
  /** Remembers that the person opened a device. */
  recordVisit(subject: string, deviceKey: string, at: number): Promise<void>;
  /** Keys of the devices the person opened last, newest first. */
  visits(subject: string, limit: number): Promise<string[]>;
};
