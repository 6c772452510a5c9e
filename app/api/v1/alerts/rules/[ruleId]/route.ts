import { route } from '#lib/http/route.ts';
import { changeRule, removeRule } from '#lib/services/alerts/rules.ts';

export const dynamic = 'force-dynamic';

export const PUT = route('PUT /api/v1/alerts/rules/[ruleId]', {
  answer: ({ services, operator, input, from }) => changeRule(services, operator, input, from),
});

export const DELETE = route('DELETE /api/v1/alerts/rules/[ruleId]', {
  answer: ({ services, operator, input, from }) => removeRule(services, operator, input.ruleId, from),
});
