import { route } from '#lib/http/route.ts';
import { search } from '#lib/services/search/search.ts';
import { searchBySecret } from '#lib/services/search/search-by-secret.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/search', {
  answer: ({ services, caller, input, appUrl: ownOrigin }) =>
    search(services, caller, { text: input.q, ownOrigin }),
});

/** The same for texts that are too long for an address, and with `bySecret` the search by a cast code or SIP account. */
export const POST = route('POST /api/v1/search', {
  answer: ({ services, caller, input: { q, bySecret }, appUrl: ownOrigin }) =>
    bySecret ? searchBySecret(services, caller, q) : search(services, caller, { text: q, ownOrigin }),
});
