import type { FleetSort } from '#lib/domain/inventory/fleet-filter.ts';
import type { Column } from '#lib/queries/inventory/fleet-address.ts';

type Look = {
  /** Its width in the table, in rem. */
  rem: number;
  /** Whether it shares the room that is left with the name. */
  grows?: boolean;
  /** What it is sorted by, where it can be. */
  sort?: Exclude<FleetSort, `-${string}`>;
  /** Under which words of the catalogue its header stands. */
  word:
    | `fleet.columns.${'status' | 'group' | 'room' | 'network' | 'issue' | 'seen'}`
    | `device.fields.${DeviceText}`
    | `device.${'deviceId' | 'unionId'}`;
};

type DeviceText = 'model' | 'firmware' | 'software' | 'serial' | 'mac';

/** How each column of the fleet's table is headed, sorted and how wide it is. */
export const COLUMN_STYLE: Record<Column | 'status', Look> = {
  status: { rem: 9.5, sort: 'status', word: 'fleet.columns.status' },
  room: { rem: 10, sort: 'room', word: 'fleet.columns.room' },
  group: { rem: 8, word: 'fleet.columns.group' },
  issue: { rem: 12, grows: true, sort: 'severity', word: 'fleet.columns.issue' },
  model: { rem: 8.5, sort: 'model', word: 'device.fields.model' },
  firmware: { rem: 9.25, sort: 'firmware', word: 'device.fields.firmware' },
  software: { rem: 6, sort: 'software', word: 'device.fields.software' },
  network: { rem: 8.5, word: 'fleet.columns.network' },
  deviceId: { rem: 8, word: 'device.deviceId' },
  unionId: { rem: 10, word: 'device.unionId' },
  serial: { rem: 10, word: 'device.fields.serial' },
  mac: { rem: 9, word: 'device.fields.mac' },
  seen: { rem: 7, sort: 'seen', word: 'fleet.columns.seen' },
};

/** What a name needs to be read, and the room beside the filters on a screen of 1,280 px, in rem. */
const LEAST_NAME = 15;
const OFFERED = 62;

/** How wide the table must be at least, and whether that is more than there is. */
export function tableWidth(columns: readonly Column[]): { rem: number; scrolls: boolean } {
  const rem = columns.reduce(
    (sum, column) => sum + COLUMN_STYLE[column].rem,
    LEAST_NAME + COLUMN_STYLE.status.rem,
  );
  return { rem, scrolls: rem > OFFERED };
}
