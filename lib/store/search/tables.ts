/** What belongs to one person, by subject. Times are milliseconds since the epoch. */
export type PersonalTables = {
  pins: { subject: string; kind: string; key: string; at: number };
  /** A person's views have different names. `id` stands in the address. */
  saved_views: { subject: string; name: string; id: string; path: string; at: number };
  recents: { subject: string; device_key: string; at: number };
};
