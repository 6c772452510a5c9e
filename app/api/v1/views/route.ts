import { viewToSave } from '#lib/api/inventory/list-requests.ts';
import { route } from '#lib/http/route.ts';
import { saveView } from '#lib/services/search/pins-and-recents.ts';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/v1/views', {
  status: 201,
  input: viewToSave,
  answer: ({ services, operator, input }) => saveView(services, operator, input),
});
