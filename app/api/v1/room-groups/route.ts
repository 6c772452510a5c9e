import { pastQuestion } from '#lib/http/list-questions.ts';
import { route } from '#lib/http/route.ts';
import { listRoomGroups } from '#lib/services/get-room.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/room-groups', {
  input: pastQuestion,
  answer: ({ services, input }) => listRoomGroups(services, input),
});
