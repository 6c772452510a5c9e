import 'server-only';
import { Webhook } from 'standardwebhooks';
import type { Clock } from '#lib/domain/clock.ts';
import { devicePath } from '#lib/domain/devices/device-ref.ts';
import { iso } from '#lib/domain/iso.ts';
import { severityOf } from '#lib/domain/issues/issue.ts';
import type { EgressProxy } from '#lib/egress/egress-proxy.ts';
import { post, troubleOnTheWay } from './deliver-http.ts';
import type { Message, Outcome, Send } from './outcome.ts';
import type { Reach } from './public-address.ts';

const PREFIX = 'whsec_';

type Parts = {
  clock: Pick<Clock, 'now'>;
  reach: Reach;
  appUrl: string;
  timeoutMs?: number;
  proxy?: EgressProxy | null;
};

/** Posts notices signed as the Standard Webhooks say (https://www.standardwebhooks.com, 1.0.0). */
export function createWebhookSender({
  clock,
  reach,
  appUrl,
  timeoutMs,
  proxy = null,
}: Parts): Send<'webhook'> {
  return async ({ url, secret }, message) => {
    const body = JSON.stringify(eventOf(message, appUrl));
    const headers = signedHeaders(secret, `msg_${message.id}`, clock.now(), body);
    try {
      const limits = timeoutMs === undefined ? { reach, proxy } : { reach, proxy, timeoutMs };
      return outcomeOf(await post(new URL(url), body, headers, limits));
    } catch (error) {
      return { ok: false, answer: troubleOnTheWay(error), again: true };
    }
  };
}

/** Headers of a message signed according to Standard Webhooks; `at` is in milliseconds since the epoch. */
export function signedHeaders(secret: string, id: string, at: number, body: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'Rooms-Desk',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, new Date(at), body),
  };
}

/** Whether a text is a secret of at least 24 bytes, as the Standard Webhooks want it. */
export function isWebhookSecret(text: string): boolean {
  const bare = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : '';
  const bytes = Buffer.from(bare, 'base64');
  const isWhole = bytes.toString('base64').replace(/=+$/, '') === bare.replace(/=+$/, '');
  return isWhole && bytes.length >= 24 && bytes.length <= 64;
}

/** Only the status is told: what else a server says may be about a network that is nobody's business. */
function outcomeOf({ status, retryAfterMs }: { status: number; retryAfterMs: number | null }): Outcome {
  const answer = `HTTP ${status}`;
  if (status >= 200 && status < 300) return { ok: true, answer, again: false };
  // By the Standard Webhooks 410 says that this address will never be one again.
  const outcome = { ok: false, answer, again: status !== 410 };
  return retryAfterMs === null ? outcome : { ...outcome, waitMs: retryAfterMs };
}

function eventOf({ notification, text }: Message, appUrl: string): object {
  const { kind, incidentId, code, at, since, total, added, devices, codes } = notification;
  return {
    type: `alert.${kind}`,
    timestamp: iso(at),
    data: {
      incident: incidentId,
      rule: notification.rule,
      code,
      severity: severityOf(code),
      title: text.title,
      text: text.lead,
      next: text.next,
      url: text.link.url,
      since: iso(since),
      total,
      added,
      codes,
      devices: devices.map(({ deviceId, name, roomName, since: from, code: own }) => ({
        deviceId,
        name,
        room: roomName,
        since: iso(from),
        code: own,
        url: deviceId === null ? null : `${appUrl}${devicePath({ by: 'deviceId', id: deviceId })}`,
      })),
    },
  };
}
