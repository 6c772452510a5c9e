import { z } from 'zod';
import { route } from '#lib/http/route.ts';
import { listRoomGroups } from '#lib/services/get-room.ts';

export const dynamic = 'force-dynamic';

export const GET = route({
  permit: 'see-state',
  input: z.strictObject({}),
  answer: ({ services }) => listRoomGroups(services),
});
