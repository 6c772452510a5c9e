import { route } from '#lib/http/route.ts';
import { saveView } from '#lib/services/search/pins-and-recents.ts';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/v1/views', {
  answer: ({ services, operator, input }) => saveView(services, operator, input),
});
