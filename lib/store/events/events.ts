import { type Selectable, sql } from 'kysely';
import type { Pushes } from '#lib/domain/alerts/notification-allowance.ts';
import { dayOf } from '#lib/domain/budget/budget.ts';
import type { Device } from '#lib/domain/devices/device.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import type { Reading } from '#lib/domain/devices/reading.ts';
import type {
  EventNews,
  EventOutcome,
  EventTransport,
  KeptEvent,
  ReceivedEvent,
} from '#lib/domain/events/device-event.ts';
import type { Change } from '#lib/domain/history/change.ts';
import type { AlarmMark, StatusMark, Watch } from '#lib/domain/history/status-mark.ts';
import { idInKey } from '#lib/store/devices/device-rows.ts';
import { keyOfReading } from '#lib/store/devices/observe.ts';
import { joinedWatches } from '#lib/store/devices/watch-rows.ts';
import type { Engine } from '#lib/store/engine/engine.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import { changesBetween, statusMarks } from '#lib/store/history/history-rows.ts';
import type { Tables } from '#lib/store/schema.ts';
import type { Vault } from '#lib/store/sealing/vault.ts';
import { write } from '#lib/store/write.ts';
import {
  type EventOverride,
  overriddenUntil,
  overridesOf,
  panelKey,
  placeOfEvent,
  withOverridesSince,
} from './event-overrides.ts';
import { recordEvent } from './record-event.ts';

export type EventFilter = { deviceId: string | null; type: string | null };

/** What DingTalk sends, and what follows from it. Times are milliseconds since the epoch; promises settle when durable. */
export type EventStore = {
  /**
   * Keeps an event and everything that it changes, in one transaction, once for each `eventId`: 'duplicate' when it was
   * there. The result is the same in whatever order events and readings come. Counts the push against its month.
   */
  recordEvent(
    event: ReceivedEvent,
    news: EventNews,
    how: { transport: EventTransport; at: number },
  ): Promise<EventOutcome | 'duplicate'>;
  /** Events, newest first. `cursor` is what the page before answered. */
  events(
    filter: EventFilter,
    cursor: string | null,
    limit: number,
  ): Promise<{ items: KeptEvent[]; nextCursor: string | null }>;
  /**
   * The device of a reading with what events told of it and its panels since, and what of its own fields they told. With
   * `until` as it was at that moment: what was received later is not in it.
   */
  withOverrides(
    reading: Pick<Reading, 'device' | 'observedAt'>,
    ref: DeviceRef,
    until?: number,
  ): Promise<{ device: Device; overrides: EventOverride[] }>;
  /** Marks of a device within a window, in order, and the last one before it. */
  statusMarks(deviceKey: string, from: number, to: number): Promise<StatusMark[]>;
  alarmMarks(deviceKey: string, from: number, to: number): Promise<AlarmMark[]>;
  /** Changes of a device within a window, newest first. */
  changesBetween(deviceKey: string, from: number, to: number, limit: number): Promise<Change[]>;
  /** Extends the watch of a transport to `at`, or begins another when more than `reachMs` passed without a word of it. */
  keepWatch(transport: EventTransport, at: number, reachMs: number): Promise<void>;
  /**
   * When events came in, within a window; stretches of all transports joined, from the first event that told a state. The
   * newest reaches as far as one word does: what is open is written down only now and then.
   */
  watches(from: number, to: number): Promise<Watch[]>;
  /** What was taken from a month's allowance of pushes: events, repetitions among them, and robot messages. */
  pushes(month: string): Promise<Pushes>;
  /** How often a look agreed with what events had said before it, and how often not, since `from`. */
  pushTrust(from: number): Promise<{ agreed: number; missed: number }>;
  /** Whether an event since `since` spoke of a room that is not known. */
  roomsAskedSince(since: number): Promise<boolean>;
};

/** Events and what follows from them, on any engine. */
export function eventStore(engine: Engine): EventStore {
  const { db } = engine;
  return {
    recordEvent: (event, news, how) => write(engine, (writing) => recordEvent(writing, event, news, how)),
    events: (filter, cursor, limit) => events(engine, filter, cursor, limit),
    withOverrides: (reading, ref, until) => withOverrides(engine, reading, ref, until),
    statusMarks: (key, from, to) => statusMarks(db, plainColumn(key), from, to),
    alarmMarks: (key, from, to) => alarmMarks(engine, plainColumn(key), from, to),
    changesBetween: (key, from, to, limit) => changesBetween(engine, plainColumn(key), from, to, limit),
    keepWatch: (transport, at, reachMs) => keepWatch(engine, transport, at, reachMs),
    watches: (from, to) => joinedWatches(db, from, to),
    pushes: (month) => pushes(engine, month),
    pushTrust: (from) => pushTrust(engine, from),
    roomsAskedSince: (since) => roomsAskedSince(engine, since),
  };
}

async function withOverrides(
  { db, memory, vault }: Engine,
  { device, observedAt }: Parameters<EventStore['withOverrides']>[0],
  ref: DeviceRef,
  until?: number,
) {
  const key = keyOfReading(ref, device);
  const keys = [key, ...device.controllers.flatMap((each) => panelKey(each) ?? [])];
  const overrides =
    until === undefined
      ? await memory.recall(JSON.stringify(['overrides', keys]), () => overridesOf(db, vault, keys))
      : await overriddenUntil(db, vault, keys, { after: observedAt, until });
  if (overrides.size === 0) return { device, overrides: [] };
  const own = (overrides.get(key) ?? []).filter(({ at }) => at > observedAt);
  return { device: withOverridesSince(key, device, overrides, observedAt), overrides: own };
}

async function events(
  { db, vault }: Engine,
  { deviceId, type }: EventFilter,
  cursor: string | null,
  limit: number,
) {
  let query = db.selectFrom('events').selectAll();
  if (deviceId !== null) query = query.where('device_key', '=', plainColumn(deviceId));
  if (type !== null) query = query.where('type', '=', plainColumn(type));
  const after = cursor === null ? null : readCursor(cursor);
  if (after) {
    query = query.where((each) =>
      each(each.refTuple('received_at', 'event_id'), '<', each.tuple(after.at, after.id)),
    );
  }
  const rows = await query
    .orderBy('received_at', 'desc')
    .orderBy('event_id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const nextCursor = rows.length > limit && last ? `${last.received_at}.${last.event_id}` : null;
  return { items: items.map((row) => toEvent(vault, row)), nextCursor };
}

function readCursor(cursor: string): { at: number; id: string } | null {
  const [at = '', ...id] = cursor.split('.');
  return /^\d{1,15}$/.test(at) ? { at: Number(at), id: id.join('.') } : null;
}

// Rows were written by this room alone, so their words are trusted here.
function toEvent(vault: Vault, row: Selectable<Tables['events']>): KeptEvent {
  return {
    eventId: row.event_id,
    type: row.type,
    deviceId: row.device_key === null ? null : idInKey(row.device_key),
    receivedAt: row.received_at,
    bornAt: row.born_at,
    transport: row.transport as EventTransport,
    outcome: row.outcome as EventOutcome,
    body: JSON.parse(vault.opened(row.body, placeOfEvent(row.event_id)) ?? '{}') as Record<string, unknown>,
  };
}

async function alarmMarks({ db }: Engine, key: string, from: number, to: number): Promise<AlarmMark[]> {
  const rows = await db
    .selectFrom('device_alarms')
    .select(['at', 'rule', 'status', 'level', 'description'])
    .where('device_key', '=', key)
    .where('at', '>=', from)
    .where('at', '<=', to)
    .orderBy('at')
    .orderBy('event_id')
    .execute();
  return rows as AlarmMark[];
}

async function keepWatch(
  engine: Engine,
  transport: EventTransport,
  at: number,
  reachMs: number,
): Promise<void> {
  await engine.db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('event_coverage')
      .set({ to_at: sql<number>`case when to_at > ${at} then to_at else ${at} end` })
      .where('transport', '=', transport)
      .where('to_at', '>=', at - reachMs)
      .where('from_at', '<=', at)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows > 0n) return;
    await trx
      .insertInto('event_coverage')
      .values({ transport: transport, from_at: at, to_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

async function pushes({ db }: Engine, month: string): Promise<Pushes> {
  const rows = await db
    .selectFrom('pushes')
    .select(['day', 'transport', 'pushes'])
    .where('month', '=', month)
    .orderBy('day')
    .execute();
  const byDay = new Map<string, number>();
  let [events, robots] = [0, 0];
  for (const { day, transport, pushes: some } of rows) {
    const count = Number(some);
    if (transport === 'robot') robots += count;
    else events += count;
    byDay.set(day, (byDay.get(day) ?? 0) + count);
  }
  const days = [...byDay].map(([day, count]) => ({ day, pushes: count }));
  return { total: events + robots, events, robots, byDay: days };
}

async function pushTrust({ db }: Engine, from: number) {
  const row = await db
    .selectFrom('push_checks')
    .select((each) => [
      each.fn.sum<number>('agreed').as('agreed'),
      each.fn.sum<number>('missed').as('missed'),
    ])
    .where('day', '>=', dayOf(from))
    .executeTakeFirst();
  return { agreed: Number(row?.agreed ?? 0), missed: Number(row?.missed ?? 0) };
}

async function roomsAskedSince({ db }: Engine, since: number): Promise<boolean> {
  const row = await db
    .selectFrom('events')
    .select('event_id')
    .where('outcome', '=', 'asks')
    .where('received_at', '>', since)
    .where('room_id', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
