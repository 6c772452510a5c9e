import { route } from '#lib/http/route.ts';
import { createSilence } from '#lib/services/alerts/rules.ts';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/v1/alerts/silences', {
  answer: ({ services, caller, input }) => createSilence(services, caller, input),
});
