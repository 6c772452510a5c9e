import { createHash } from 'node:crypto';
import { planAfterReading } from '../lib/domain/discovery/polling-schedule.ts';
import { deviceColumns } from '../lib/store/devices/device-rows.ts';
import { identifierRows } from '../lib/store/devices/identifier-rows.ts';
import { listedRoom } from '../lib/store/rooms/room-rows.ts';

/**
 * Rows by their table.
 * @typedef {Record<string, Record<string, unknown>[]>} Rows
 */

/**
 * The rows that the product would have written after reading each of these devices once.
 * @param {import('./believable-fleet.mjs').Fleet} fleet @param {number} from @param {number} to
 */
export function deviceRows(fleet, from, to) {
  /** @type {Rows} */
  const rows = { readings: [], devices: [], controllers: [], identifiers: [], status_marks: [] };
  for (let at = from; at < to; at += 1) {
    const known = fleet.reading(at);
    const key = known.device.deviceId;
    for (const [table, some] of Object.entries(rowsOf(key, known))) rows[table]?.push(...some);
  }
  return rows;
}

/** @param {string} key @param {ReturnType<import('./believable-fleet.mjs').Fleet['reading']>} known @returns {Rows} */
function rowsOf(key, { device: said, times, operatorUnionId, gone }) {
  const device = /** @type {any} */ (said);
  const { observedAt, stateSince, firstSeenAt } = times;
  const readingId = createHash('sha256').update(key).digest('hex').slice(0, 32);
  const reading = { device, observedAt, source: /** @type {const} */ ('sweep'), operatorUnionId, raw: {} };
  const { state } = device.status;
  const nextCheck = planAfterReading({ state, stateSince, changedAt: null, firstSeenAt }, observedAt);
  const columns = deviceColumns({ key, readingId, asked: device.unionId, device, reading });
  return {
    readings: [
      {
        id: readingId,
        device_key: key,
        union_id: device.unionId,
        asked_union_id: device.unionId,
        observed_at: observedAt,
        source: reading.source,
        operator_union_id: operatorUnionId,
        device: JSON.stringify(device),
        // As many fields as DingTalk sends, under names of its own.
        raw: JSON.stringify({ ...device, deviceStatus: device.status.raw, network: 1, controllers: [] }),
      },
    ],
    devices: [
      {
        key,
        ...columns,
        state,
        state_since: stateSince,
        first_seen_at: firstSeenAt,
        changed_at: null,
        next_check_at: nextCheck.at,
        next_check_reason: nextCheck.why,
        removed_at: gone ? observedAt : null,
      },
    ],
    controllers: device.controllers.map((/** @type {any} */ panel, /** @type {number} */ position) => ({
      device_key: key,
      position,
      device_id: panel.deviceId,
      union_id: panel.unionId,
      name: panel.name,
      model: panel.model,
      state: panel.status.state,
      raw_status: panel.status.raw,
    })),
    identifiers: identifierRows(device, { deviceId: key, unionId: device.unionId }).map((row) => ({
      device_key: key,
      ...row,
    })),
    status_marks: [{ device_key: key, at: observedAt, state, source: reading.source }],
  };
}

/** @param {import('./believable-fleet.mjs').Fleet} fleet @param {number} from @param {number} to @returns {Rows} */
export function roomRows(fleet, from, to) {
  const rooms = Array.from({ length: to - from }, (_, offset) => {
    const { seenAt, ...room } = fleet.room(from + offset);
    return { ...listedRoom(/** @type {any} */ (room), 'bench', seenAt), detail_at: seenAt };
  });
  return { rooms };
}

/** @param {import('./believable-fleet.mjs').Fleet} fleet @returns {Rows} */
export function groupRows(fleet) {
  return {
    room_groups: fleet.groups().map(({ id, name, parentId }) => ({ id, name, parent_id: parentId })),
  };
}
