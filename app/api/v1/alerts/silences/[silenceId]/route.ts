import { route } from '#lib/http/route.ts';
import { removeSilence } from '#lib/services/alerts/rules.ts';

export const dynamic = 'force-dynamic';

export const DELETE = route('DELETE /api/v1/alerts/silences/[silenceId]', {
  answer: ({ services, caller, input }) => removeSilence(services, caller, input.silenceId),
});
