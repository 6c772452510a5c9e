import { exportedEntry } from '#lib/domain/audit/audit-export.ts';
import type { Clock } from '#lib/domain/clock.ts';
import { iso } from '#lib/domain/iso.ts';
import type { EgressProxy } from '#lib/egress/egress-proxy.ts';
import { post } from '#lib/services/alerts/deliver-http.ts';
import { signedHeaders } from '#lib/services/alerts/webhook.ts';
import type { SendEntries } from './send-entries.ts';

/** A server of the log may stand in a private network: its address is in the configuration and nobody else's word. */
const REACH = { private: true, loopback: true };

type Options = { url: string; secret: string; clock: Pick<Clock, 'now'>; proxy?: EgressProxy | null };

/**
 * Posts entries as one `audit.entries` event, signed as the Standard Webhooks say (https://www.standardwebhooks.com,
 * 1.0.0). Redirects are not followed, the answer is read to 16 KiB and only its status counts: 2xx is a receipt.
 */
export function createWebhookEntries({ url, secret, clock, proxy = null }: Options): SendEntries {
  return async (entries) => {
    const [first, last] = [entries[0], entries.at(-1)];
    if (!first || !last) return;
    const body = JSON.stringify({
      type: 'audit.entries',
      timestamp: iso(clock.now()),
      data: { entries: entries.map(exportedEntry) },
    });
    const id = `audit_${first.seq}_${last.seq}_${last.hash.slice(0, 16)}`;
    const headers = signedHeaders(secret, id, clock.now(), body);
    const { status } = await post(new URL(url), body, headers, { reach: REACH, proxy });
    if (status < 200 || status >= 300) throw new Error(`HTTP ${status}`);
  };
}
