import { route } from '#lib/http/route.ts';
import { listRooms } from '#lib/services/rooms/list-rooms.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/rooms', {
  answer: ({ services, caller, input }) => listRooms(services, caller, input),
});
