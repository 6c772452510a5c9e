import { apiDocument } from '#lib/api/openapi/document.ts';
import { route } from '#lib/http/route.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/openapi.json', {
  answer: async ({ appUrl }) => apiDocument(appUrl),
});
