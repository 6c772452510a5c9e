import { route } from '#lib/http/route.ts';
import { sharedAttributes } from '#lib/services/issues/shared-attributes.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/devices/common', {
  answer: ({ services, operator, input }) => sharedAttributes(services, operator, input.issue),
});
