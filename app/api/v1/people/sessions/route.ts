import { route } from '#lib/http/route.ts';
import { endSessionsOf } from '#lib/services/access/people.ts';

export const dynamic = 'force-dynamic';

export const DELETE = route('DELETE /api/v1/people/sessions', {
  answer: ({ services, caller, input }) => endSessionsOf(services, caller, input),
});
