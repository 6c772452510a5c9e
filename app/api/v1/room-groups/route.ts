import { route } from '#lib/http/route.ts';
import { listRoomGroups } from '#lib/services/rooms/get-room.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/room-groups', {
  answer: ({ services, input }) => listRoomGroups(services, input),
});
