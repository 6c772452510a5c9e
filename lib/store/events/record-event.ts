import type { Transaction } from 'kysely';
import { dayOf, monthOf } from '#lib/domain/budget/budget.ts';
import type {
  EventNews,
  EventOutcome,
  EventTransport,
  ReceivedEvent,
} from '#lib/domain/events/device-event.ts';
import type { Writing } from '#lib/store/engine/engine.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import { storable } from '#lib/store/engine/storable.ts';
import type { Tables } from '#lib/store/schema.ts';
import { applyDeviceEvent } from './apply-device-event.ts';
import { applyRoomEvent } from './apply-room-event.ts';
import type { Effect } from './event-effect.ts';
import { placeOfEvent } from './event-overrides.ts';

type How = { transport: EventTransport; at: number };

/**
 * See EventStore. The event's own row is written first: whoever brings the same one again waits for it and stops. The
 * day's sum, which every event adds to, is written last: its lock would line up all that comes before it.
 */
export async function recordEvent(
  writing: Writing,
  event: ReceivedEvent,
  news: EventNews,
  { transport, at }: How,
): Promise<EventOutcome | 'duplicate'> {
  const { trx, vault, announce } = writing;
  const id = plainColumn(event.eventId);
  const added = await trx
    .insertInto('events')
    .values({
      event_id: id,
      type: plainColumn(event.type),
      received_at: at,
      born_at: event.bornAt,
      transport: transport,
      outcome: 'unrecognised',
      body: vault.whole(storable(JSON.stringify(event.body)), placeOfEvent(id)),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('event_id')
    .executeTakeFirst();
  if (!added) {
    await countPush(trx, transport, at);
    return 'duplicate';
  }
  const { outcome, deviceKey, roomId, overrides } = await applyNews(writing, id, news, at);
  await trx
    .updateTable('events')
    .set({
      outcome,
      device_key: deviceKey,
      room_id: roomId,
      overrides:
        overrides && overrides.fields.length > 0
          ? vault.whole(JSON.stringify(overrides), placeOfEvent(id))
          : null,
    })
    .where('event_id', '=', id)
    .execute();
  await countPush(trx, transport, at);
  announce({ at, kind: 'event', key: deviceKey });
  return outcome;
}

/**
 * Counts one push against its month in Shanghai: an event, of which a repetition is one more, or a message of a group
 * robot. DingTalk takes both from one allowance (DOC:dingtalk-application-development-platform-billing-model).
 */
export async function countPush(
  trx: Transaction<Tables>,
  transport: EventTransport | 'robot',
  at: number,
): Promise<void> {
  await trx
    .insertInto('pushes')
    .values({ month: monthOf(at), day: dayOf(at), transport: transport, pushes: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['month', 'day', 'transport'])
        .doUpdateSet((each) => ({ pushes: each('pushes.pushes', '+', 1) })),
    )
    .execute();
}

async function applyNews(writing: Writing, eventId: string, news: EventNews, now: number): Promise<Effect> {
  if (news.kind === 'room') return applyRoomEvent(writing, news, now);
  if (news.kind !== 'unrecognised') return applyDeviceEvent(writing, eventId, news, now);
  return { outcome: 'unrecognised', deviceKey: await namedIn(writing.trx, news), roomId: null };
}

/** The device an unrecognised event names, when it is known: it is shown there and changes nothing. */
async function namedIn(trx: Transaction<Tables>, { device }: Extract<EventNews, { kind: 'unrecognised' }>) {
  if (!device?.deviceId) return null;
  const row = await trx
    .selectFrom('devices')
    .select('key')
    .where('key', '=', plainColumn(device.deviceId))
    .executeTakeFirst();
  return row?.key ?? null;
}
