import { route } from '#lib/http/route.ts';
import { createToken, listTokens } from '#lib/services/access/api-tokens.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/tokens', {
  answer: ({ services, way }) => listTokens(services, way),
});

export const POST = route('POST /api/v1/tokens', {
  answer: ({ services, way, input, from }) => createToken(services, way, input, from),
});
