import { route } from '#lib/http/route.ts';
import { getRoom } from '#lib/services/rooms/get-room.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/rooms/[roomId]', {
  answer: ({ services, operator, input }) => getRoom(services, operator, input.roomId, input.past),
});
