import 'server-only';
import { createHmac } from 'node:crypto';
import { createHttp } from '#lib/dingtalk/transport/http.ts';
import type { Clock } from '#lib/domain/clock.ts';
import type { EgressProxy } from '#lib/egress/egress-proxy.ts';

/** Where a group's own robot listens; [L] both regions show robots of either, so either host is taken. */
const HOSTS = ['https://oapi.dingtalk.com', 'https://oapi.dingtalk.io'];
const PATH = '/robot/send';

/**
 * A message of a group robot. `text` is DingTalk's Markdown; `title` is what a phone shows of it. DingTalk shows a message
 * once however often the same `uuid` is sent (`msgUuid`, DOC:custom-robots-send-group-messages).
 */
export type RobotMessage = { uuid: string; title: string; text: string };

/** What the robot answered. DingTalk answers status 200 whatever happened; the result is in `errcode`, 0 for success. */
export type RobotAnswer = { status: number; code: number | null; said: string };

export type Robot = {
  /** Whether an address is one of a group robot, at DingTalk or at the configured origin if that is another. */
  isAddress(text: string): boolean;
  /**
   * Sends a message. `onLeaving` is called when the request is about to be written; before it, DingTalk has seen nothing.
   * Throws AppError `dingtalk-unreachable` when there was no answer; the address is never in the error.
   */
  send(
    address: string,
    secret: string | null,
    message: RobotMessage,
    onLeaving?: () => void,
  ): Promise<RobotAnswer>;
  close(): Promise<void>;
};

/** Group robots by the webhook that a group shows for each (DOC:custom-robots-send-group-messages). */
export function createRobot(
  oapiOrigin: string,
  clock: Clock,
  timeoutMs: number,
  proxy: EgressProxy | null = null,
): Robot {
  const http = createHttp(clock, proxy);
  const origins = HOSTS.includes(oapiOrigin) ? HOSTS : [oapiOrigin];
  return {
    isAddress(text) {
      const url = URL.parse(text);
      if (!url || url.pathname !== PATH || url.username || url.hash) return false;
      const names = [...url.searchParams.keys()];
      return origins.includes(url.origin) && names.length === 1 && /^\w{1,200}$/.test(tokenIn(url));
    },
    async send(address, secret, { uuid, title, text }, onLeaving) {
      const url = new URL(address);
      const query = new URLSearchParams({ access_token: tokenIn(url) });
      if (secret !== null) {
        const at = clock.now();
        query.set('timestamp', String(at));
        query.set('sign', signOf(at, secret));
      }
      const { status, body } = await http.send({
        origin: url.origin,
        method: 'POST',
        path: `${PATH}?${query}`,
        headers: {},
        timeoutMs,
        body: { msgtype: 'markdown', msgUuid: uuid, markdown: { title, text } },
        ...(onLeaving && { onLeaving }),
      });
      return { status, ...resultIn('text' in body ? body.text : '') };
    },
    close: () => http.close(),
  };
}

const tokenIn = (url: URL) => url.searchParams.get('access_token') ?? '';

/** The HMAC-SHA256 of `timestamp\nsecret` with the secret as key, in base64 (DOC:customize-robot-security-settings). */
export const signOf = (at: number, secret: string): string =>
  createHmac('sha256', secret).update(`${at}\n${secret}`).digest('base64');

function resultIn(text: string): Omit<RobotAnswer, 'status'> {
  try {
    const { errcode, errmsg } = JSON.parse(text) as { errcode?: unknown; errmsg?: unknown };
    return { code: codeOf(errcode), said: typeof errmsg === 'string' ? errmsg : '' };
  } catch {
    return { code: null, said: '' };
  }
}

/** DingTalk's table says that `errcode` is a number, its sample shows the text "0": either is read. */
function codeOf(errcode: unknown): number | null {
  if (typeof errcode === 'number') return Number.isSafeInteger(errcode) ? errcode : null;
  const isCode = typeof errcode === 'string' && /^\s*-?\d{1,9}\s*$/.test(errcode);
  return isCode ? Number(errcode) : null;
}
