import { roomsPage } from '#lib/http/list-questions.ts';
import { route } from '#lib/http/route.ts';
import { listRooms } from '#lib/services/list-rooms.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/rooms', {
  input: roomsPage,
  answer: ({ services, operator, input, from }) =>
    listRooms(services, operator, input.question, input.page, from),
});
