import { route } from '#lib/http/route.ts';
import { addRule } from '#lib/services/alerts/rules.ts';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/v1/alerts/rules', {
  answer: ({ services, caller, input }) => addRule(services, caller, input),
});
