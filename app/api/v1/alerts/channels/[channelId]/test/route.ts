import { route } from '#lib/http/route.ts';
import { testChannel } from '#lib/services/alerts/channels.ts';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/v1/alerts/channels/[channelId]/test', {
  answer: ({ services, caller, input }) => testChannel(services, caller, input.channelId),
});
