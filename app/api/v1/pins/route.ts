import { route } from '#lib/http/route.ts';
import { setPin } from '#lib/services/search/pins-and-recents.ts';

export const dynamic = 'force-dynamic';

export const PUT = route('PUT /api/v1/pins', {
  answer: ({ services, operator, input }) => setPin(services, operator, { ...input, pinned: true }),
});

export const DELETE = route('DELETE /api/v1/pins', {
  answer: ({ services, operator, input }) => setPin(services, operator, { ...input, pinned: false }),
});
