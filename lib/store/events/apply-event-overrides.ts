import type { Selectable } from 'kysely';
import { BLANK_DEVICE } from '#lib/domain/devices/blank-device.ts';
import type { Device } from '#lib/domain/devices/device.ts';
import type { DeviceStatus } from '#lib/domain/devices/device-status.ts';
import { CHECK_AFTER_MS } from '#lib/domain/discovery/polling-schedule.ts';
import type { EventNews } from '#lib/domain/events/device-event.ts';
import { type CheckReason, deviceKey } from '#lib/domain/inventory/fleet.ts';
import { idInKey, replaceIdentifiers, shownColumns } from '#lib/store/devices/device-rows.ts';
import { identifierRows } from '#lib/store/devices/identifier-rows.ts';
import { previousDevice } from '#lib/store/devices/observe.ts';
import type { Writing } from '#lib/store/engine/engine.ts';
import { stateSince } from '#lib/store/history/status-marks.ts';
import type { Tables } from '#lib/store/schema.ts';
import { UNREADABLE } from '#lib/store/sealing/vault.ts';
import { overridesOf, withOverridesSince } from './event-overrides.ts';
import type { Subject } from './find-subject.ts';

type Sealing = Pick<Writing, 'trx' | 'vault'>;

/** Brings the rows that lists are made of up to date with what events told since the newest reading. */
export async function applyEventOverrides(writing: Sealing, subject: Subject, news: EventNews, now: number) {
  if (subject.key === subject.unit) await showUnit(writing, subject.unit, news, now);
  else await showPanel(writing, subject);
}

async function showUnit({ trx, vault }: Sealing, key: string, news: EventNews, now: number): Promise<void> {
  const row = await trx.selectFrom('devices').selectAll().where('key', '=', key).executeTakeFirstOrThrow();
  const read = await previousDevice(trx, vault, row.reading_id);
  const all = await overridesOf(trx, vault, [key], UNREADABLE);
  const overrides = (all.get(key) ?? []).filter(({ at }) => row.observed_at === null || at > row.observed_at);
  const device = withOverridesSince(
    key,
    read ?? BLANK_DEVICE,
    all,
    row.observed_at ?? Number.MIN_SAFE_INTEGER,
  );
  const hasState = read !== null || overrides.some(({ field }) => field === 'status');
  const state = hasState ? device.status.state : 'not-observed';
  const eventAt = overrides.reduce<number | null>((newest, { at }) => Math.max(newest ?? at, at), null);
  const check = checkAfter(news, device.status.state, now);
  const sooner = check && (row.next_check_at === null || check.at < row.next_check_at) ? check : null;
  const back = row.removed_at !== null && eventAt !== null && eventAt > row.removed_at;
  await trx
    .updateTable('devices')
    .set({
      // A device that never answered keeps what its room said of it, as far as no event said otherwise.
      ...(read || overrides.length > 0 ? shownOf(device, row, read !== null) : {}),
      state,
      state_since: hasState ? await stateSince(trx, key, state, eventAt ?? now) : null,
      event_at: eventAt,
      ...(eventAt !== null && { changed_at: Math.max(row.changed_at ?? 0, eventAt) }),
      ...(back && { removed_at: null }),
      ...(sooner && { next_check_at: sooner.at, next_check_reason: sooner.reason }),
    })
    .where('key', '=', key)
    .execute();
  if (read && overrides.some(({ field }) => IDENTIFYING.has(field))) {
    const asked = { deviceId: idInKey(key), unionId: row.asked_union_id };
    await replaceIdentifiers({ trx, vault }, key, identifierRows(device, asked));
  }
}

function shownOf(device: Device, row: Selectable<Tables['devices']>, wasRead: boolean) {
  const shown = shownColumns(device);
  if (wasRead || device.room !== null) return shown;
  return { ...shown, room_id: row.room_id, room_name: row.room_name };
}

const IDENTIFYING: ReadonlySet<string> = new Set([
  'castCode',
  'network.ip',
  'network.wifiMac',
  'network.wiredMac',
]);

/** What an event leaves open is worth a check: what a device does that is back, and where it stands that was moved. */
function checkAfter(news: EventNews, state: string, now: number): { at: number; reason: CheckReason } | null {
  if (news.kind === 'binding') return { at: now, reason: 'changed' };
  if (news.kind !== 'alarm') return null;
  if (state === 'offline') return { at: now + CHECK_AFTER_MS.offline, reason: 'offline' };
  return news.status === 'resolved' ? { at: now, reason: 'changed' } : null;
}

async function showPanel({ trx, vault }: Sealing, { key, unit }: Subject): Promise<void> {
  const status = (await overridesOf(trx, vault, [key])).get(key)?.find(({ field }) => field === 'status');
  if (!status) return;
  const { state, raw } = status.value as DeviceStatus;
  const named =
    idInKey(key) === null
      ? ({ column: 'union_id', name: key.slice(deviceKey(null, '').length) } as const)
      : ({ column: 'device_id', name: key } as const);
  await trx
    .updateTable('controllers')
    .set({ state, raw_status: raw })
    .where('device_key', '=', unit)
    .where(named.column, '=', named.name)
    .execute();
}
