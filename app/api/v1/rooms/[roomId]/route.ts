import { z } from 'zod';
import { route } from '#lib/http/route.ts';
import { getRoom } from '#lib/services/get-room.ts';

export const dynamic = 'force-dynamic';

export const GET = route({
  permit: 'see-state',
  input: z.strictObject({ roomId: z.string().max(256) }),
  answer: ({ services, operator, input }) => getRoom(services, operator, input.roomId),
});
