import { route } from '#lib/http/route.ts';
import { listPeople } from '#lib/services/access/people.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/people', {
  answer: ({ services, caller }) => listPeople(services, caller.credential),
});
