import { linesResponse } from '#lib/http/lines-response.ts';
import { route } from '#lib/http/route.ts';
import { checkConnection } from '#lib/services/diagnostics/check-connection.ts';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/v1/system/health-check', {
  refusedAs: 'connection-checked',
  answer: async ({ services, caller, requestId, whenOver }) =>
    linesResponse(await checkConnection(services, caller), { requestId, whenOver }),
});
