/** Rooms and room groups. Times are milliseconds since the epoch. */
export type RoomTables = {
  /** JSON in `location`, `labels`, `booking_right`, `device_union_ids` and `unknown_fields`. */
  rooms: {
    id: string;
    union_id: string | null;
    name: string | null;
    capacity: number | null;
    location: string;
    labels: string;
    group_id: string | null;
    booking_right: string;
    description: string | null;
    external_id: string | null;
    device_union_ids: string | null;
    unknown_fields: string;
    first_seen_at: number;
    observed_at: number;
    detail_at: number | null;
    removed_at: number | null;
    /** The newest discovery run that listed the room. */
    listed_by: string;
  };
  room_groups: { id: string; name: string | null; parent_id: string | null };
};
