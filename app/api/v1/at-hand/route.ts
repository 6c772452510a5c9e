import { route } from '#lib/http/route.ts';
import { getPinsAndRecents } from '#lib/services/search/pins-and-recents.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/at-hand', {
  answer: ({ services, operator }) => getPinsAndRecents(services, operator),
});
