import { route } from '#lib/http/route.ts';
import { reveal } from '#lib/services/devices/reveal.ts';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/v1/devices/reveal', {
  refusedAs: 'revealed',
  answer: ({ services, caller, input }) => reveal(services, caller, input),
});
