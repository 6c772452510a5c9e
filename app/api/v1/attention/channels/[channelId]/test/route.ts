import { channelName } from '#lib/http/attention-questions.ts';
import { route } from '#lib/http/route.ts';
import { testChannel } from '#lib/services/attention-channels.ts';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/v1/attention/channels/[channelId]/test', {
  input: channelName,
  answer: ({ services, operator, input, from }) => testChannel(services, operator, input.channelId, from),
});
