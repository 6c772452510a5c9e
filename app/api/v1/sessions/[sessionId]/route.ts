import { sessionName } from '#lib/api/access/account-requests.ts';
import { route } from '#lib/http/route.ts';
import { endOwnSessions } from '#lib/services/access/own-sessions.ts';

export const dynamic = 'force-dynamic';

export const DELETE = route('DELETE /api/v1/sessions/[sessionId]', {
  input: sessionName,
  answer: ({ services, way, input, from }) => endOwnSessions(services, way, { id: input.sessionId }, from),
});
