import { route } from '#lib/http/route.ts';
import { createToken, listTokens } from '#lib/services/access/api-tokens.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/tokens', {
  answer: ({ services, credential }) => listTokens(services, credential),
});

export const POST = route('POST /api/v1/tokens', {
  answer: ({ services, credential, input, from }) => createToken(services, credential, input, from),
});
