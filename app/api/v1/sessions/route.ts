import { route } from '#lib/http/route.ts';
import { endOwnSessions, listOwnSessions } from '#lib/services/access/own-sessions.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/sessions', {
  answer: ({ services, caller }) => listOwnSessions(services, caller.credential),
});

export const DELETE = route('DELETE /api/v1/sessions', {
  answer: ({ services, caller }) => endOwnSessions(services, caller, { except: caller.credential.id }),
});
