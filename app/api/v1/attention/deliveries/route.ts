import { deliveriesPage } from '#lib/http/attention-questions.ts';
import { route } from '#lib/http/route.ts';
import { listDeliveries } from '#lib/services/describe-attention.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/attention/deliveries', {
  input: deliveriesPage,
  answer: ({ services, operator, input }) => listDeliveries(services, operator, input),
});
