import type { Selectable, Transaction } from 'kysely';
import type { DeviceStatus } from '#lib/domain/devices/device-status.ts';
import { leafOf, leavesOf } from '#lib/domain/devices/overlay.ts';
import type { EventNews, EventOutcome, Override } from '#lib/domain/events/device-event.ts';
import { statusOfAlarm } from '#lib/domain/events/device-event.ts';
import type { MarkSource } from '#lib/domain/history/status-mark.ts';
import { lockDevice, previousDevice } from '#lib/store/devices/observe.ts';
import type { Writing } from '#lib/store/engine/engine.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import { addMark, refreshSince } from '#lib/store/history/status-marks.ts';
import type { Tables } from '#lib/store/schema.ts';
import { UNREADABLE, type Vault } from '#lib/store/sealing/vault.ts';
import { applyEventOverrides } from './apply-event-overrides.ts';
import type { Effect } from './event-effect.ts';
import { overridesOf, placeOfEvent, withOverridesSince } from './event-overrides.ts';
import { findSubject, type Subject } from './find-subject.ts';
import { recordEventChange } from './record-event-change.ts';

type DeviceNews = Extract<EventNews, { kind: 'binding' | 'properties' | 'alarm' }>;
type Sealing = Pick<Writing, 'trx' | 'vault'>;
type DeviceRow = Selectable<Tables['devices']>;

/** What an event tells of a device or a panel of one. */
export async function applyDeviceEvent(
  { trx, vault, announce }: Writing,
  eventId: string,
  news: DeviceNews,
  now: number,
): Promise<Effect> {
  const subject = await findSubject(trx, news.device, now);
  // From here to the commit nobody else writes to this device.
  const before = await lockDevice(trx, subject.unit, now);
  const overrides = await toldIn(trx, news, subject);
  const isNew = news.kind === 'alarm' ? await putAlert(trx, subject.key, eventId, news) : false;
  // Each field comes once in an event, so what was shown before the first is what was shown before each.
  const shown =
    subject.key === subject.unit && overrides.length > 0 ? await shownBefore(trx, vault, before) : null;
  let applied = isNew;
  for (const each of overrides) {
    if (shown) await keepChanges({ trx, vault }, before, shown, news.at, each);
    applied = (await applyField({ trx, vault }, eventId, subject.key, before, news.at, each)) || applied;
  }
  if (applied || !subject.known) {
    await applyEventOverrides({ trx, vault }, subject, news, now);
    announce({ at: now, kind: 'device', key: subject.unit });
  } else if (await refreshSince(trx, before)) {
    announce({ at: now, kind: 'device', key: subject.unit });
  }
  const outcome = outcomeOf(subject, before, applied, overrides.length > 0 || news.kind === 'alarm');
  return { outcome, deviceKey: subject.key, roomId: null, overrides: { at: news.at, fields: overrides } };
}

function outcomeOf(subject: Subject, before: DeviceRow, applied: boolean, understood: boolean): EventOutcome {
  if (!subject.known || before.observed_at === null) return 'asks';
  if (!understood) return 'unrecognised';
  return applied ? 'applied' : 'too-old';
}

/** The fields that the news is about. Of a panel only the status is kept: the rest of it is its device's to tell. */
async function toldIn(
  trx: Transaction<Tables>,
  news: DeviceNews,
  { key, unit }: Subject,
): Promise<Override[]> {
  const own = key === unit;
  if (news.kind === 'properties')
    return own ? news.overrides : news.overrides.filter(({ field }) => field === 'status');
  if (news.kind === 'alarm') {
    const status = statusOfAlarm(news.rule, news.status);
    return status ? [{ field: 'status', value: status }] : [];
  }
  if (!own) return [];
  const roomId = news.bound ? news.roomId : null;
  if (roomId === null) return [{ field: 'room', value: null }];
  const room = await trx
    .selectFrom('rooms')
    .select('name')
    .where('id', '=', plainColumn(roomId))
    .executeTakeFirst();
  return [{ field: 'room', value: { id: roomId, name: room?.name ?? null } }];
}

/** Keeps the alarm; answers whether it is the newest of its rule. */
async function putAlert(
  trx: Transaction<Tables>,
  key: string,
  eventId: string,
  { at, rule, rawRule, status, level, description }: Extract<DeviceNews, { kind: 'alarm' }>,
): Promise<boolean> {
  const name = rule === 'unknown' ? plainColumn(rawRule) : rule;
  const newer = await trx
    .selectFrom('device_alarms')
    .select('at')
    .where((each) => each.and({ device_key: key, rule: name }))
    .where('at', '>', at)
    .limit(1)
    .executeTakeFirst();
  await trx
    .insertInto('device_alarms')
    .values({
      device_key: key,
      at,
      rule: name,
      status,
      level,
      event_id: eventId,
      description: plainColumn(description),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return newer === undefined;
}

/** Keeps one told field; answers whether it is news, because neither a reading nor another event is newer. */
async function applyField(
  { trx, vault }: Sealing,
  eventId: string,
  key: string,
  before: DeviceRow,
  at: number,
  overrides: Override,
): Promise<boolean> {
  if (overrides.field === 'status') {
    await addMark(trx, key, { at, state: (overrides.value as DeviceStatus).state, source: 'event' });
  }
  if (before.observed_at !== null && at <= before.observed_at) return false;
  const kept = await trx
    .insertInto('event_overrides')
    .values({
      device_key: key,
      field: overrides.field,
      at,
      event_id: eventId,
      value: vault.json(overrides.value, placeOfEvent(eventId), overrides.field),
    })
    .onConflict((conflict) =>
      conflict
        .columns(['device_key', 'field'])
        .doUpdateSet((each) => ({
          at: each.ref('excluded.at'),
          value: each.ref('excluded.value'),
          event_id: each.ref('excluded.event_id'),
        }))
        // Of two events of one moment the one with the greater id counts, whichever came first.
        .where((each) =>
          each.or([
            each('event_overrides.at', '<', each.ref('excluded.at')),
            each.and([
              each('event_overrides.at', '=', each.ref('excluded.at')),
              each('event_overrides.event_id', '<', each.ref('excluded.event_id')),
            ]),
          ]),
        ),
    )
    .returning('field')
    .executeTakeFirst();
  return kept !== undefined;
}

/** What a device shows, and what events told for it; null for one that never answered: nothing of it could change. */
async function shownBefore(
  trx: Transaction<Tables>,
  vault: Vault,
  { key, reading_id, observed_at }: DeviceRow,
) {
  const read = await previousDevice(trx, vault, reading_id);
  if (!read || observed_at === null) return null;
  const all = await overridesOf(trx, vault, [key], UNREADABLE);
  return {
    device: withOverridesSince(key, read, all, observed_at),
    overrides: all.get(key) ?? [],
    observedAt: observed_at,
  };
}

type Shown = NonNullable<Awaited<ReturnType<typeof shownBefore>>>;

async function keepChanges(
  writing: Sealing,
  { key, source }: DeviceRow,
  { device, overrides: all, observedAt }: Shown,
  at: number,
  overrides: Override,
) {
  const later = all.find((each) => each.field === overrides.field && each.at > at);
  const looked = observedAt > at ? { at: observedAt, source: (source ?? 'sweep') as MarkSource } : null;
  const newer = later && later.at > observedAt ? { at: later.at, source: 'event' as const } : looked;
  for (const leaf of leavesOf(overrides)) {
    const is = leafOf(device, leaf.field);
    await recordEventChange(writing, {
      key,
      at,
      notBefore: Math.min(at, observedAt),
      leaf,
      shown: is,
      newer,
    });
  }
}
