import { route } from '#lib/http/route.ts';
import { endOwnSessions, listOwnSessions } from '#lib/services/access/own-sessions.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/sessions', {
  answer: ({ services, credential }) => listOwnSessions(services, credential),
});

export const DELETE = route('DELETE /api/v1/sessions', {
  answer: ({ services, credential, from }) =>
    endOwnSessions(services, credential, { except: credential.id }, from),
});
