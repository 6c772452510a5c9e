import type { Kysely, Selectable } from 'kysely';
import type { DeviceKind, Network } from '#lib/domain/devices/device.ts';
import type { StatusState } from '#lib/domain/devices/device-status.ts';
import type { ReadingSource } from '#lib/domain/devices/reading.ts';
import type { CheckReason, FleetController, FleetDevice, FleetState } from '#lib/domain/inventory/fleet.ts';
import { type IssueCode, isIssueCode } from '#lib/domain/issues/issue.ts';
import { idInKey } from '#lib/store/devices/device-rows.ts';
import { chunks } from '#lib/store/engine/chunks.ts';
import type { Tables } from '#lib/store/schema.ts';

type DeviceRow = Selectable<Tables['devices']>;
type ControllerRow = Pick<
  Selectable<Tables['controllers']>,
  'device_key' | 'device_id' | 'name' | 'model' | 'state' | 'raw_status'
>;

/** Rows of devices as the domain knows them, each with its panels. */
export async function withControllers(db: Kysely<Tables>, rows: DeviceRow[]): Promise<FleetDevice[]> {
  const panels = new Map<string, FleetController[]>();
  for (const some of chunks(rows)) {
    for (const row of await controllersOf(db, some)) {
      const kept = panels.get(row.device_key);
      if (kept) kept.push(toController(row));
      else panels.set(row.device_key, [toController(row)]);
    }
  }
  return rows.map((row) => toFleetDevice(row, panels.get(row.key) ?? []));
}

function controllersOf(db: Kysely<Tables>, rows: DeviceRow[]): Promise<ControllerRow[]> {
  return db
    .selectFrom('controllers')
    .select(['device_key', 'device_id', 'name', 'model', 'state', 'raw_status'])
    .where(
      'device_key',
      'in',
      rows.map((row) => row.key),
    )
    .orderBy('device_key')
    .orderBy('position')
    .execute();
}

/** A row of `controllers` as lists show it. */
export function toController(row: Omit<ControllerRow, 'device_key'>): FleetController {
  return {
    deviceId: row.device_id,
    name: row.name,
    model: row.model,
    status: { state: row.state as StatusState, raw: row.raw_status },
  };
}

function toFleetDevice(row: DeviceRow, controllers: FleetController[]): FleetDevice {
  return {
    key: row.key,
    // A device may leave its names out; the one that it answers to is known all the same.
    deviceId: row.device_id ?? idInKey(row.key),
    unionId: row.union_id ?? row.asked_union_id,
    name: row.name,
    kind: row.kind as DeviceKind,
    model: row.model,
    state: row.removed_at === null ? (row.state as FleetState) : 'removed',
    rawStatus: row.raw_status,
    roomId: row.room_id,
    roomName: row.room_name,
    serial: row.serial,
    mac: row.mac,
    ip: row.ip,
    firmware: row.firmware,
    software: row.software,
    camera: row.camera,
    networkType: row.network_type as Network['type'],
    controllers,
    firstSeenAt: row.first_seen_at,
    observedAt: row.observed_at,
    eventAt: row.event_at,
    source: row.source as ReadingSource | null,
    stateSince: row.removed_at === null ? row.state_since : row.removed_at,
    changedAt: row.changed_at,
    removedAt: row.removed_at,
    parts: row.parts,
    issues: codesIn(row.issues),
    issueSince: row.issue_since,
    nextCheck:
      row.next_check_at === null
        ? null
        : { at: row.next_check_at, reason: row.next_check_reason as CheckReason },
  };
}

/** Codes as the column has them; what another version wrote and this one does not know is left out. */
const codesIn = (text: string | null): readonly IssueCode[] =>
  text ? text.split(' ').filter(isIssueCode) : NONE;

const NONE: readonly IssueCode[] = [];
