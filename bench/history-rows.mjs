/**
 * The rows that the product would have written for events of these devices' statuses: the events, their values, the status
 * marks, and the versions of list rows.
 * @param {import('./believable-fleet.mjs').Fleet} fleet @param {number} from @param {number} to @param {number} events of each device
 * @returns {import('./inventory-rows.mjs').Rows}
 */
export function historyRows(fleet, from, to, events) {
  /** @type {import('./inventory-rows.mjs').Rows} */
  const rows = { events: [], status_marks: [], list_versions: [] };
  for (let at = from; at < to; at += 1) {
    const { device, times } = fleet.reading(at);
    const key = device.deviceId;
    for (let event = 1; event <= events; event += 1) {
      // Before the reading, which is the newest, so that the device equals that of an inventory without history.
      const moment = times.observedAt - event * EVERY_MS - (at % 1_000);
      const [state, raw] = STATES[event % STATES.length] ?? ['idle', 'idle'];
      rows.events?.push({
        event_id: `${key} ${event}`,
        type: 'open_meeting_room_device_property_change',
        device_key: key,
        room_id: null,
        received_at: moment,
        born_at: moment,
        transport: 'stream',
        outcome: 'applied',
        body: JSON.stringify({
          deviceId: key,
          properties: [{ propertyName: 'dev_app_status', propertyValue: raw }],
        }),
        overrides: JSON.stringify({ at: moment, fields: [{ field: 'status', value: { state, raw } }] }),
      });
      rows.status_marks?.push({ device_key: key, at: moment, state, source: 'event' });
      rows.list_versions?.push({
        kind: 'device',
        key,
        at: moment,
        body: JSON.stringify(shownThen(key, device, { state, raw, moment })),
      });
    }
  }
  return rows;
}

/** A device as lists showed it. @param {string} key @param {any} device @param {{ state: string, raw: string, moment: number }} then */
function shownThen(key, device, { state, raw, moment }) {
  const { deviceId, unionId, name, kind, model, serial, mac, firmware, software, network, room } = device;
  return {
    key,
    deviceId,
    unionId,
    name,
    kind,
    model,
    serial,
    mac,
    firmware,
    software,
    state,
    rawStatus: raw,
    roomId: room?.id ?? null,
    roomName: room?.name ?? null,
    ip: network.ip,
    networkType: network.type,
    controllers: [],
    firstSeenAt: 0,
    observedAt: moment,
    eventAt: null,
    source: 'sweep',
    stateSince: moment,
    changedAt: null,
    removedAt: null,
    nextCheck: null,
  };
}

/** A hundred of them are a month. */
const EVERY_MS = 7 * 3_600_000;

const STATES = [
  ['idle', 'idle'],
  ['in-meeting', 'conf_running'],
  ['idle', 'idle'],
  ['casting', 'projection'],
  ['offline', 'offline'],
];
