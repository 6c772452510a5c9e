import { revealQuestion } from '#lib/http/reveal-question.ts';
import { route } from '#lib/http/route.ts';
import { reveal } from '#lib/services/reveal.ts';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/v1/devices/reveal', {
  refusedAs: 'revealed',
  input: revealQuestion,
  answer: ({ services, operator, input: { secret, reason }, from }) =>
    reveal(services, operator, secret, { reason, from }),
});
