import type { Engine } from '#lib/store/engine/engine.ts';

/** How many devices there were at a moment, in milliseconds since the epoch. */
export type DeviceCounts = {
  at: number;
  known: number;
  offline: number;
  /** Devices with a critical issue or a warning. */
  attention: number;
};

export type DeviceCountStore = {
  /** Stores counts, unless some are stored for that moment, and deletes those from before `keptFrom`. */
  recordDeviceCounts(counts: DeviceCounts, keptFrom: number): Promise<void>;
  /** Counts since a moment, oldest first. */
  deviceCountsSince(from: number): Promise<DeviceCounts[]>;
};

export function deviceCountStore({ db }: Engine): DeviceCountStore {
  return {
    async recordDeviceCounts(counts, keptFrom) {
      await db
        .insertInto('device_counts')
        .values(counts)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await db.deleteFrom('device_counts').where('at', '<', keptFrom).execute();
    },
    deviceCountsSince: (from) =>
      db.selectFrom('device_counts').selectAll().where('at', '>=', from).orderBy('at').execute(),
  };
}
