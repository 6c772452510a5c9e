import { after } from 'next/server';
import { route } from '#lib/http/route.ts';
import { lookUp } from '#lib/services/devices/look-up.ts';
import { noteVisit } from '#lib/services/search/pins-and-recents.ts';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/v1/devices/query', {
  async answer({ services, caller, input, explain }) {
    const answer = await lookUp(services, caller, input, explain);
    // The first answer for this device: record the visit now that the device exists.
    if (answer.source === 'live') after(() => noteVisit(services, caller.operator, input.ref));
    return answer;
  },
});
