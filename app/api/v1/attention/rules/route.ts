import { ruleToMake } from '#lib/http/attention-questions.ts';
import { route } from '#lib/http/route.ts';
import { addRule } from '#lib/services/attention-rules.ts';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/v1/attention/rules', {
  status: 201,
  input: ruleToMake,
  answer: ({ services, operator, input, from }) => addRule(services, operator, input, from),
});
