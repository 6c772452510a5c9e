import { newSilence } from '#lib/api/alerts/alert-requests.ts';
import { route } from '#lib/http/route.ts';
import { createSilence } from '#lib/services/alerts/rules.ts';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/v1/alerts/silences', {
  status: 201,
  input: newSilence,
  answer: ({ services, operator, input, from }) => createSilence(services, operator, input, from),
});
