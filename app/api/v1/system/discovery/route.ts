import { route } from '#lib/http/route.ts';
import { startDiscovery } from '#lib/services/discovery/start-discovery.ts';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/v1/system/discovery', {
  answer: ({ services, caller }) => startDiscovery(services, caller),
});
