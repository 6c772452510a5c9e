import { route } from '#lib/http/route.ts';

export const dynamic = 'force-dynamic';

export const DELETE = route('DELETE /api/v1/views/[viewId]', {
  answer: ({ services, operator, input }) => services.store.removeView(operator.subject, input.viewId),
});
