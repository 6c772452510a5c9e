import { pinQuestion } from '#lib/http/list-questions.ts';
import { route } from '#lib/http/route.ts';
import { setPin } from '#lib/services/at-hand.ts';

export const dynamic = 'force-dynamic';

export const PUT = route('PUT /api/v1/pins', {
  status: 204,
  input: pinQuestion,
  answer: ({ services, operator, input }) => setPin(services, operator, { ...input, pinned: true }),
});

export const DELETE = route('DELETE /api/v1/pins', {
  status: 204,
  input: pinQuestion,
  answer: ({ services, operator, input }) => setPin(services, operator, { ...input, pinned: false }),
});
