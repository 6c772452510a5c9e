import { after } from 'next/server';
import { route } from '#lib/http/route.ts';
import { lookUp } from '#lib/services/devices/look-up.ts';
import { noteVisit } from '#lib/services/search/pins-and-recents.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/devices/query', {
  async answer({ services, operator, input, explain, from }) {
    const answer = await lookUp(services, operator, input, explain, from);
    // A device that was not known when its page was drawn is known now.
    if (answer.source === 'live') after(() => noteVisit(services, operator, input.ref));
    return answer;
  },
});
