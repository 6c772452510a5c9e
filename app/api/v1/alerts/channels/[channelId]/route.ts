import { route } from '#lib/http/route.ts';
import { changeChannel, removeChannel } from '#lib/services/alerts/channels.ts';

export const dynamic = 'force-dynamic';

export const PUT = route('PUT /api/v1/alerts/channels/[channelId]', {
  answer: ({ services, caller, input }) => changeChannel(services, caller, input),
});

export const DELETE = route('DELETE /api/v1/alerts/channels/[channelId]', {
  answer: ({ services, caller, input }) => removeChannel(services, caller, input.channelId),
});
