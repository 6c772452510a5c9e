import { searchQuestion } from '#lib/http/list-questions.ts';
import { route } from '#lib/http/route.ts';
import { search } from '#lib/services/search.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/search', {
  input: searchQuestion,
  answer: ({ services, operator, input, appUrl: ownOrigin, from }) =>
    search(services, operator, input.q, { ownOrigin, inAddress: true, from }),
});

/** The same for texts that are too long for an address or may hold a secret. */
export const POST = route('POST /api/v1/search', {
  input: searchQuestion,
  answer: ({ services, operator, input, appUrl: ownOrigin, from }) =>
    search(services, operator, input.q, { ownOrigin, inAddress: false, from }),
});
