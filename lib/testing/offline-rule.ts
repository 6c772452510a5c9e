import { addChannel } from '#lib/services/alerts/channels.ts';
import { addRule } from '#lib/services/alerts/rules.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { callerOf, person } from './app.ts';

/** An alert rule about every device that is offline, without delays, which notifies the webhook at `url`. */
export async function addOfflineRule(services: ServiceContext, url: string): Promise<void> {
  const admin = callerOf(person('admin'));
  const channel = { kind: 'webhook', name: 'Hook', locale: 'en', zone: 'UTC', url } as const;
  const { channelId } = await addChannel(services, admin, channel);
  const rule = {
    name: 'Offline',
    on: true,
    which: { codes: ['offline' as const] },
    channelIds: [channelId],
    scope: { everything: true, groups: [], rooms: [], devices: [] },
    raiseAfterMs: 0,
    resolveAfterMs: 0,
  };
  await addRule(services, admin, rule);
}
