import { z } from 'zod';
import { route } from '#lib/http/route.ts';

export const dynamic = 'force-dynamic';

export const DELETE = route({
  permit: 'see-state',
  status: 204,
  input: z.strictObject({ viewId: z.uuid() }),
  answer: ({ services, operator, input }) => services.store.removeView(operator.subject, input.viewId),
});
