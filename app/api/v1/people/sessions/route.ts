import { whoseSessions } from '#lib/api/access/account-requests.ts';
import { route } from '#lib/http/route.ts';
import { endSessionsOf } from '#lib/services/access/people.ts';

export const dynamic = 'force-dynamic';

export const DELETE = route('DELETE /api/v1/people/sessions', {
  input: whoseSessions,
  answer: ({ services, way, input, from }) => endSessionsOf(services, way, input, from),
});
