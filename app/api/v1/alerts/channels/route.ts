import { channelToMake } from '#lib/api/alerts/alert-requests.ts';
import { route } from '#lib/http/route.ts';
import { addChannel } from '#lib/services/alerts/channels.ts';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/v1/alerts/channels', {
  status: 201,
  input: channelToMake,
  answer: ({ services, operator, input, from }) => addChannel(services, operator, input, from),
});
