import { z } from 'zod';
import { route } from '#lib/http/route.ts';

export const dynamic = 'force-dynamic';

export const DELETE = route('DELETE /api/v1/views/[viewId]', {
  status: 204,
  input: z.strictObject({ viewId: z.uuid() }),
  answer: ({ services, operator, input }) => services.store.removeView(operator.subject, input.viewId),
});
