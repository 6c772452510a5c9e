import type { EventNews } from '#lib/domain/events/device-event.ts';
import type { Writing } from '#lib/store/engine/engine.ts';
import { plainColumn } from '#lib/store/engine/plain-column.ts';
import type { Effect } from './event-effect.ts';

type RoomNews = Extract<EventNews, { kind: 'room' }>;

/**
 * What an event tells of a room. One that is not known is not made up: the event's id may be of another kind than the
 * room list's (DingTalk docs: meetingroom_room_info shows short ones), so the list is asked for it instead.
 */
export async function applyRoomEvent(
  { trx, announce }: Writing,
  news: RoomNews,
  now: number,
): Promise<Effect> {
  const id = plainColumn(news.roomId);
  const row = await trx
    .selectFrom('rooms')
    .select(['observed_at', 'removed_at'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return { outcome: 'asks', deviceKey: null, roomId: id };
  const known = Math.max(row.observed_at, row.removed_at ?? 0);
  if (news.at <= known) return { outcome: 'too-old', deviceKey: null, roomId: id };
  const said =
    news.change === 'deleted'
      ? { removed_at: news.at }
      : {
          removed_at: null,
          observed_at: news.at,
          ...(news.name !== null && { name: plainColumn(news.name) }),
          ...(news.capacity !== null && { capacity: news.capacity }),
        };
  await trx.updateTable('rooms').set(said).where('id', '=', id).execute();
  announce({ at: now, kind: 'room', key: id });
  return { outcome: 'applied', deviceKey: null, roomId: id };
}
