import { z } from 'zod';
import type { GoodAnswer } from '#lib/dingtalk/transport/http-answer.ts';
import { isRecord } from '#lib/dingtalk/transport/json.ts';
import { AppError } from '#lib/domain/errors.ts';
import type { Room, RoomGroup } from '#lib/domain/rooms/room.ts';
import { readDetailedRoom, readGroup, readListedRoom } from './room-wire.ts';

/** A page of the room list. */
export type RoomPage = {
  rooms: Room[];
  /** Where the list goes on, exactly as DingTalk wrote it; null on the last page. */
  nextToken: string | null;
  /** Rows that have no id and so cannot be kept. */
  unreadable: number;
  /** Whether all rows of the page could be read. Only then does a room that is in no page count as gone. */
  complete: boolean;
};

// Only what the rest cannot do without. A row or field that is odd costs itself; a structure that is odd, the answer.
// DingTalk's documents do not say how a list without entries is written, and its SDKs accept `[]`, null and no `result`.
const LIST = z.object({ result: z.array(z.unknown()).nullish() });
const DETAIL = z.object({ result: z.custom<Record<string, unknown>>(isRecord) });
const DEVICES = z.array(z.unknown()).nullish();

const HAS_MORE = z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })]).nullish();
// A number by its documents. Beyond 2^53 the digits come as text already; see `parseJson`.
const TOKEN = z.union([z.int().transform(String), z.string().max(512)]).nullish();

/**
 * The answer of `GET /v1.0/rooms/meetingRoomLists`. A page without `result` has no rooms and is not complete. Throws
 * `dingtalk-confused.shape` when `result` is something else than a list, and when more pages are promised without a
 * token or with `asked`, the token that led here, because the list would never end.
 */
export function readRoomPage({ body, said }: GoodAnswer, asked: string | null): RoomPage {
  const list = LIST.safeParse(body);
  const nextToken = readNextToken(body);
  if (!list.success || nextToken === undefined || (nextToken !== null && nextToken === asked)) {
    throw new AppError('dingtalk-confused.shape', { upstream: said });
  }
  const rows = list.data.result ?? [];
  const rooms = rows.filter(isRecord).flatMap((row) => readListedRoom(row) ?? []);
  const unreadable = rows.length - rooms.length;
  return { rooms, nextToken, unreadable, complete: Boolean(list.data.result) && unreadable === 0 };
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
 * The answer of `GET /v1.0/rooms/groupLists`; null when it has no list, as an organisation without groups may be
 * answered. A row without an id is left out, because no room can refer to it. Throws `dingtalk-confused.shape` when
 * `result` is something else than a list, and when none of its rows can be read.
 */
export function readGroupsAnswer({ body, said }: GoodAnswer): RoomGroup[] | null {
  const list = LIST.safeParse(body);
  const rows = list.data?.result;
  const groups = rows?.filter(isRecord).flatMap((row) => readGroup(row) ?? []);
  if (!list.success || (rows?.length && !groups?.length)) {
    throw new AppError('dingtalk-confused.shape', { upstream: said });
  }
  return groups ?? null;
}

/** The token of the next page, null when this is the last, undefined when the answer makes no sense of it. */
function readNextToken(body: Record<string, unknown>): string | null | undefined {
  const more = HAS_MORE.safeParse(body.hasMore);
  if (!more.success) return undefined;
  if (more.data === false) return null;
  const token = TOKEN.safeParse(body.nextToken);
  if (!token.success) return undefined;
  if (more.data === true) return token.data || undefined;
  // Without `hasMore` a token says that there are more pages. A zero is how an unset number is written.
  return token.data && token.data !== '0' ? token.data : null;
}
