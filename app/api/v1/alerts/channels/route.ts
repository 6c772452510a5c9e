import { route } from '#lib/http/route.ts';
import { addChannel } from '#lib/services/alerts/channels.ts';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/v1/alerts/channels', {
  answer: ({ services, caller, input }) => addChannel(services, caller, input),
});
