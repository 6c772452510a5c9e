import { route } from '#lib/http/route.ts';
import { listRooms } from '#lib/services/rooms/list-rooms.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/rooms', {
  answer: ({ services, operator, input, from }) =>
    listRooms(services, operator, input.question, input.page, from),
});
