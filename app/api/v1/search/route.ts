import { searchQuestion } from '#lib/http/list-questions.ts';
import { route } from '#lib/http/route.ts';
import { search } from '#lib/services/search.ts';

export const dynamic = 'force-dynamic';

export const GET = route({
  permit: 'see-state',
  input: searchQuestion,
  answer: ({ services, operator, input, appUrl }) => search(services, operator, input.q, appUrl),
});

/** The same for texts that are too long for an address, and for whoever keeps tickets out of address logs. */
export const POST = GET;
