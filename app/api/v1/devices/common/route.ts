import { findingQuestion } from '#lib/api/findings/finding-request.ts';
import { route } from '#lib/http/route.ts';
import { commonGround } from '#lib/services/findings/shared-attributes.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/devices/common', {
  input: findingQuestion,
  answer: ({ services, operator, input }) => commonGround(services, operator, input.finding),
});
