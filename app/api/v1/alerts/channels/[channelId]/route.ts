import { route } from '#lib/http/route.ts';
import { changeChannel, removeChannel } from '#lib/services/alerts/channels.ts';

export const dynamic = 'force-dynamic';

export const PUT = route('PUT /api/v1/alerts/channels/[channelId]', {
  answer: ({ services, operator, input, from }) => changeChannel(services, operator, input, from),
});

export const DELETE = route('DELETE /api/v1/alerts/channels/[channelId]', {
  answer: ({ services, operator, input, from }) => removeChannel(services, operator, input.channelId, from),
});
