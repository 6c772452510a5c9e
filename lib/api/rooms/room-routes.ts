import type { RouteContract } from '#lib/api/contract.ts';
import { pastQuestion, roomQuestion, roomsPage } from '#lib/api/inventory/list-requests.ts';
import { roomAnswer, roomGroupsAnswer, roomsAnswer } from './room-answers.ts';

export const roomRoutes = {
  'GET /api/v1/rooms': {
    summary: 'Returns a page of the rooms with their devices.',
    input: roomsPage,
    answer: roomsAnswer,
    problems: ['too-many-questions'],
  },
  'GET /api/v1/rooms/[roomId]': {
    summary: 'Returns one room with its devices.',
    input: roomQuestion,
    answer: roomAnswer,
    problems: ['room-not-found'],
  },
  'GET /api/v1/room-groups': {
    summary: 'Returns the tree of room groups with the counts of their rooms and devices.',
    input: pastQuestion,
    answer: roomGroupsAnswer,
  },
} as const satisfies Record<string, RouteContract>;
