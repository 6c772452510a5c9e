import { type Answer, jsonAnswer } from '../answer.ts';
import { apiError } from '../api-error.ts';
import type { DingTalk } from '../dingtalk.ts';
import { CORP_ID, personByUnionId } from '../people/people.ts';
import type { Api } from './api.ts';
import { paramError } from './device-apis.ts';
import type { Question } from './question.ts';

const guarded = { method: 'GET', family: 'new', token: 'app', metered: true } as const;

export const ROOM_APIS: readonly Api[] = [
  { ...guarded, path: '/v1.0/rooms/meetingRoomLists', answer: listRooms },
  { ...guarded, path: '/v1.0/rooms/meetingRooms/{roomId}', answer: queryRoom },
  { ...guarded, path: '/v1.0/rooms/groupLists', answer: listGroups },
  { ...guarded, path: '/v1.0/rooms/groups/{groupId}', answer: queryGroup },
  { ...guarded, path: '/v1.0/rooms/groupAdmin/{groupId}', answer: queryGroupAdmins },
];

const STANDARD_PAGE = 20;
const LARGEST_PAGE = 100;

// Page tokens are numbers, but not the offsets a client might be tempted to compute.
const TOKEN_STEP = 1_009;
const TOKEN_START = 170_001;

function listRooms({ query }: Question, { world, addressBook }: DingTalk): Answer {
  const refusal = checkEmployee(query, addressBook);
  if (refusal) return refusal;
  const size = Number(query.get('maxResults') ?? STANDARD_PAGE);
  const first = query.has('nextToken') ? (Number(query.get('nextToken')) - TOKEN_START) / TOKEN_STEP : 0;
  const sizeIsFine = Number.isInteger(size) && size >= 1 && size <= LARGEST_PAGE;
  const tokenIsFine = Number.isInteger(first) && first >= 0 && first <= world.rooms;
  if (!sizeIsFine || !tokenIsFine) return paramError();
  const end = Math.min(first + size, world.rooms);
  const result = Array.from({ length: end - first }, (_, at) => world.roomItem(first + at)).filter(
    ({ roomId }) => world.hasRoom(roomId),
  );
  const hasMore = end < world.rooms;
  const next = hasMore ? { nextToken: TOKEN_START + end * TOKEN_STEP } : {};
  return jsonAnswer(200, { hasMore, ...next, result });
}

/** The documents of the detail have no user.not.employee: a wrong union ID is a wrong parameter there. */
function queryRoom({ query, params }: Question, { world }: DingTalk): Answer {
  const person = personByUnionId(query.get('unionId') ?? '');
  if (!person) return paramError();
  if (person.corpId !== CORP_ID) return apiError(400, 'org.not.found', 'org not found');
  const result = world.roomById(params.roomId ?? '');
  return result ? jsonAnswer(200, { result }) : apiError(400, 'room.not.found', 'room not found');
}

function listGroups({ query }: Question, { world, addressBook }: DingTalk): Answer {
  return checkEmployee(query, addressBook) ?? jsonAnswer(200, { result: world.places.groups() });
}

/** Of all room calls only this one is not wrapped in `result`. */
function queryGroup({ query, params }: Question, { world, addressBook }: DingTalk): Answer {
  const refusal = checkEmployee(query, addressBook);
  if (refusal) return refusal;
  const group = world.places.group(Number(params.groupId));
  return group ? jsonAnswer(200, group) : apiError(500, 'group.query.error', 'group query error');
}

/** (DingTalk docs: api-querymeetingroomgroupadmin; the npm SDK 2.2.27 does not have it.) */
function queryGroupAdmins({ query, params }: Question, { world, addressBook }: DingTalk): Answer {
  const refusal = checkEmployee(query, addressBook);
  if (refusal) return refusal;
  const group = world.places.group(Number(params.groupId));
  if (!group) return apiError(500, 'group.query.error', 'group query error');
  const { groupId, groupName } = group;
  const admin = personByUnionId('simOperatorUnionId');
  const groupAdmins = admin ? [{ memberId: admin.unionId, memberName: admin.name }] : [];
  return jsonAnswer(200, { result: { groupId, groupName, groupAdmins } });
}

function checkEmployee(query: URLSearchParams, addressBook: DingTalk['addressBook']): Answer | undefined {
  const unionId = query.get('unionId');
  if (!unionId) return paramError();
  return addressBook.isEmployee(unionId)
    ? undefined
    : apiError(400, 'user.not.employee', 'user is not employee');
}
