import { route } from '#lib/http/route.ts';
import { createToken, listTokens } from '#lib/services/access/api-tokens.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/tokens', {
  answer: ({ services, caller }) => listTokens(services, caller.credential),
});

export const POST = route('POST /api/v1/tokens', {
  answer: ({ services, caller, input }) => createToken(services, caller, input),
});
