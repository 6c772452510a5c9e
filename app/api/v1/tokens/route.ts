import { z } from 'zod';
import { tokenToMake } from '#lib/api/access/account-requests.ts';
import { route } from '#lib/http/route.ts';
import { createToken, listTokens } from '#lib/services/access/api-tokens.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/tokens', {
  input: z.strictObject({}),
  answer: ({ services, way }) => listTokens(services, way),
});

export const POST = route('POST /api/v1/tokens', {
  status: 201,
  input: tokenToMake,
  answer: ({ services, way, input, from }) => createToken(services, way, input, from),
});
