import { viewToSave } from '#lib/http/list-questions.ts';
import { route } from '#lib/http/route.ts';
import { saveView } from '#lib/services/at-hand.ts';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/v1/views', {
  status: 201,
  input: viewToSave,
  answer: ({ services, operator, input }) => saveView(services, operator, input),
});
