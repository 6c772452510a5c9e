import { route } from '#lib/http/route.ts';
import { changeRule, removeRule } from '#lib/services/alerts/rules.ts';

export const dynamic = 'force-dynamic';

export const PUT = route('PUT /api/v1/alerts/rules/[ruleId]', {
  answer: ({ services, caller, input }) => changeRule(services, caller, input),
});

export const DELETE = route('DELETE /api/v1/alerts/rules/[ruleId]', {
  answer: ({ services, caller, input }) => removeRule(services, caller, input.ruleId),
});
