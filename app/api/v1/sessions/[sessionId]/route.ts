import { route } from '#lib/http/route.ts';
import { endOwnSessions } from '#lib/services/access/own-sessions.ts';

export const dynamic = 'force-dynamic';

export const DELETE = route('DELETE /api/v1/sessions/[sessionId]', {
  answer: ({ services, caller, input }) => endOwnSessions(services, caller, { id: input.sessionId }),
});
