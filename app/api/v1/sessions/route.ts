import { route } from '#lib/http/route.ts';
import { endOwnSessions, listOwnSessions } from '#lib/services/access/own-sessions.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/sessions', {
  answer: ({ services, way }) => listOwnSessions(services, way),
});

export const DELETE = route('DELETE /api/v1/sessions', {
  answer: ({ services, way, from }) => endOwnSessions(services, way, { except: way.id }, from),
});
