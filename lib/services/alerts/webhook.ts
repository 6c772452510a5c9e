import 'server-only';
import { createHmac } from 'node:crypto';
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
    const at = Math.floor(clock.now() / 1_000);
    const id = `msg_${message.id}`;
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Rooms-Desk',
      'webhook-id': id,
      'webhook-timestamp': String(at),
      'webhook-signature': signatureOf(secret, id, at, body),
    };
    try {
      const limits = timeoutMs === undefined ? { reach, proxy } : { reach, proxy, timeoutMs };
      return outcomeOf(await post(new URL(url), body, headers, limits));
    } catch (error) {
      return { ok: false, answer: troubleOnTheWay(error), again: true };
    }
  };
}

/** `v1,` and the base64 of HMAC-SHA256 over id, seconds and body with a dot between. */
export function signatureOf(secret: string, id: string, seconds: number, body: string): string {
  const key = Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
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
