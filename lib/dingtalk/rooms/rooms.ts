import type { AskOptions } from '#lib/dingtalk/client/meter.ts';
import { AppError } from '#lib/domain/errors.ts';
import type { Room, RoomGroup } from '#lib/domain/rooms/room.ts';
import { type RoomPage, readGroupsAnswer, readRoomAnswer, readRoomPage } from './room-answers.ts';
import type { RoomsCaller } from './rooms-call.ts';

/** The calls about rooms; see `DingTalk` for what they promise. */
export type Rooms = {
  listRooms(
    page: { pageToken: string | null },
    operatorUnionId: string,
    options: AskOptions,
  ): Promise<RoomPage>;
  getRoom(
    roomId: string,
    operatorUnionId: string,
    options: AskOptions,
  ): Promise<{ room: Room; raw: Record<string, unknown> }>;
  listRoomGroups(operatorUnionId: string, options: AskOptions): Promise<RoomGroup[] | null>;
};

/** The most that a page may hold; each page is a metered call (DingTalk docs: query the meeting room list). */
const PAGE_SIZE = 100;

// Of a later page the operator has been accepted before; what is wrong with it is the token, which may have aged.
const LATER_PAGE = { 'param.error': 'dingtalk-confused.unrecognised' } as const;

/** The three calls over `GET /v1.0/rooms/meetingRoomLists`, `/meetingRooms/{roomId}` and `/groupLists`. */
export function createRooms(call: RoomsCaller): Rooms {
  return {
    async listRooms({ pageToken }, operatorUnionId, options) {
      const question = {
        pattern: '/v1.0/rooms/meetingRoomLists',
        query: { maxResults: String(PAGE_SIZE), ...(pageToken === null ? {} : { nextToken: pageToken }) },
        ...(pageToken === null ? {} : { meanings: LATER_PAGE }),
      };
      return readRoomPage(await call(question, 'unionId', operatorUnionId, options), pageToken);
    },
    async getRoom(roomId, operatorUnionId, options) {
      const question = {
        pattern: '/v1.0/rooms/meetingRooms/{roomId}',
        path: `/v1.0/rooms/meetingRooms/${pathPart(roomId)}`,
        query: {},
      };
      return readRoomAnswer(await call(question, 'unionId', operatorUnionId, options));
    },
    async listRoomGroups(operatorUnionId, options) {
      const question = { pattern: '/v1.0/rooms/groupLists', query: {} };
      return readGroupsAnswer(await call(question, 'unionId', operatorUnionId, options));
    },
  };
}

/** An id as one part of a path. What would be no part of its own, whatever is escaped, is the id of no room. */
function pathPart(id: string): string {
  if (id === '' || id === '.' || id === '..') throw new AppError('room-not-found.room');
  return encodeURIComponent(id.toWellFormed());
}
