import { deviceQuestion } from '#lib/http/device-question.ts';
import { route } from '#lib/http/route.ts';
import { lookUp } from '#lib/services/look-up.ts';

export const dynamic = 'force-dynamic';

export const GET = route({
  permit: 'see-state',
  input: deviceQuestion,
  answer: ({ services, operator, input, explain }) => lookUp(services, operator, input, explain),
});
