import { z } from 'zod';
import { AppError } from '#lib/domain/errors.ts';
import type { Room, RoomGroup } from '#lib/domain/room.ts';
import type { GoodAnswer } from './http-answer.ts';
import { isRecord } from './json.ts';
import { readDetailedRoom, readGroup, readListedRoom } from './room-wire.ts';

/** A page of the room list. */
export type RoomPage = {
  rooms: Room[];
  /** Where the list goes on, exactly as DingTalk wrote it; null on the last page. */
  nextToken: string | null;
  /** Rows that have no id and so cannot be kept. While there are any, a missing room is not known to be gone. */
  unreadable: number;
};

// Only what the rest cannot do without. A row or field that is odd costs itself; a structure that is odd, the answer:
// an answer taken for an empty list would look as if every room were gone.
const LIST = z.object({ result: z.array(z.unknown()) });
const DETAIL = z.object({ result: z.custom<Record<string, unknown>>(isRecord) });
const DEVICES = z.array(z.unknown()).nullish();

const HAS_MORE = z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })]).nullish();
// A number by its documents. Beyond 2^53 the digits come as text already; see `parseJson`.
const TOKEN = z.union([z.int().transform(String), z.string().max(512)]).nullish();

/**
 * The answer of `GET /v1.0/rooms/meetingRoomLists`. Throws `dingtalk-confused.shape` when there is no list, and when
 * more is promised without a token, or with `asked`, the one that led here: that way nobody would arrive.
 */
export function readRoomPage({ body, said }: GoodAnswer, asked: string | null): RoomPage {
  const rows = LIST.safeParse(body).data?.result;
  const nextToken = readNextToken(body);
  if (!rows || nextToken === undefined || (nextToken !== null && nextToken === asked)) {
    throw new AppError('dingtalk-confused.shape', { upstream: said });
  }
  const rooms = rows.filter(isRecord).flatMap((row) => readListedRoom(row) ?? []);
  return { rooms, nextToken, unreadable: rows.length - rooms.length };
}

/**
 * The answer of `GET /v1.0/rooms/meetingRooms/{roomId}` and, in `raw`, as it came. Throws `dingtalk-confused.shape`
 * when there is no room with an id in it, or its devices are no list.
 */
export function readRoomAnswer({ body, said }: GoodAnswer): { room: Room; raw: Record<string, unknown> } {
  const result = DETAIL.safeParse(body).data?.result;
  const devices = DEVICES.safeParse(result?.deviceUnionIds);
  const room = result && devices.success ? readDetailedRoom(result, devices.data ?? []) : null;
  if (!room) throw new AppError('dingtalk-confused.shape', { upstream: said });
  return { room, raw: body };
}

/**
 * The answer of `GET /v1.0/rooms/groupLists`. A row without an id is left out: nothing could hang from it. Throws
 * `dingtalk-confused.shape` when there is no list, and when none of its rows can be read.
 */
export function readGroupsAnswer({ body, said }: GoodAnswer): RoomGroup[] {
  const rows = LIST.safeParse(body).data?.result;
  const groups = rows?.filter(isRecord).flatMap((row) => readGroup(row) ?? []);
  if (!rows || !groups || (rows.length > 0 && groups.length === 0)) {
    throw new AppError('dingtalk-confused.shape', { upstream: said });
  }
  return groups;
}

/** The token of the next page, null when this is the last, undefined when the answer makes no sense of it. */
function readNextToken(body: Record<string, unknown>): string | null | undefined {
  const more = HAS_MORE.safeParse(body.hasMore);
  if (!more.success) return undefined;
  if (more.data === false) return null;
  const token = TOKEN.safeParse(body.nextToken);
  if (!token.success) return undefined;
  // Without a word about more, a token says that there is.
  return token.data || (more.data === true ? undefined : null);
}
