import { route } from '#lib/http/route.ts';
import { search } from '#lib/services/search/search.ts';
import { searchBySecret } from '#lib/services/search/search-by-secret.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/search', {
  answer: ({ services, operator, input, appUrl: ownOrigin, from }) =>
    search(services, operator, input.q, { ownOrigin, from }),
});

/** The same for texts that are too long for an address, and with `bySecret` the search by a cast code or SIP account. */
export const POST = route('POST /api/v1/search', {
  answer: ({ services, operator, credential, input: { q, bySecret }, appUrl: ownOrigin, from }) =>
    bySecret
      ? searchBySecret(services, credential, q, from)
      : search(services, operator, q, { ownOrigin, from }),
});
