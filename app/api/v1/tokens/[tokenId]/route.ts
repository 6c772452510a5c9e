import { route } from '#lib/http/route.ts';
import { revokeToken } from '#lib/services/access/api-tokens.ts';

export const dynamic = 'force-dynamic';

export const DELETE = route('DELETE /api/v1/tokens/[tokenId]', {
  answer: ({ services, caller, input }) => revokeToken(services, caller, input.tokenId),
});
