import { issueFilter } from '#lib/api/issues/issue-request.ts';
import { route } from '#lib/http/route.ts';
import { sharedAttributes } from '#lib/services/issues/shared-attributes.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/devices/common', {
  input: issueFilter,
  answer: ({ services, operator, input }) => sharedAttributes(services, operator, input.issue),
});
