import { quietName } from '#lib/api/alerts/alert-requests.ts';
import { route } from '#lib/http/route.ts';
import { removeQuiet } from '#lib/services/alerts/rules.ts';

export const dynamic = 'force-dynamic';

export const DELETE = route('DELETE /api/v1/alerts/silences/[quietId]', {
  status: 204,
  input: quietName,
  answer: ({ services, operator, input, from }) => removeQuiet(services, operator, input.quietId, from),
});
