import 'server-only';
import { createHmac } from 'node:crypto';
import type { Clock } from '#lib/domain/clock.ts';
import { createHttp } from './http.ts';

/** Where a group's own robot listens; [L] both regions show robots of either, so either host is taken. */
const HOSTS = ['https://oapi.dingtalk.com', 'https://oapi.dingtalk.io'];
const PATH = '/robot/send';

/** A message of a group robot. `text` is DingTalk's Markdown; `title` is what a phone shows of it. */
export type RobotMessage = { title: string; text: string };

/** What the robot said. [L] It says 200 whatever happened; the truth is in `errcode`, 0 when the message is in the group. */
export type RobotAnswer = { status: number; code: number | null; said: string };

export type Robot = {
  /** Whether an address is one of a group robot, at DingTalk or at the configured origin if that is another. */
  isAddress(text: string): boolean;
  /** Sends. Throws AppError `dingtalk-unreachable` when there was no answer; the address is never told. */
  send(address: string, secret: string | null, message: RobotMessage): Promise<RobotAnswer>;
  close(): Promise<void>;
};

/** Group robots by the webhook that a group shows for each ([L]: open.dingtalk.com/document/robots/custom-robot-access). */
export function createRobot(oapiOrigin: string, clock: Clock, timeoutMs: number): Robot {
  const http = createHttp(clock);
  const origins = HOSTS.includes(oapiOrigin) ? HOSTS : [oapiOrigin];
  return {
    isAddress(text) {
      const url = URL.parse(text);
      if (!url || url.pathname !== PATH || url.username || url.hash) return false;
      const names = [...url.searchParams.keys()];
      return origins.includes(url.origin) && names.length === 1 && /^\w{1,200}$/.test(tokenIn(url));
    },
    async send(address, secret, { title, text }) {
      const url = new URL(address);
      const query = new URLSearchParams({ access_token: tokenIn(url) });
      if (secret !== null) {
        const at = clock.now();
        query.set('timestamp', String(at));
        query.set('sign', signOf(at, secret));
      }
      const { status, body } = await http.send({
        ...{ origin: url.origin, method: 'POST', path: `${PATH}?${query}`, headers: {}, timeoutMs },
        body: { msgtype: 'markdown', markdown: { title, text } },
      });
      return { status, ...saidIn('text' in body ? body.text : '') };
    },
    close: () => http.close(),
  };
}

const tokenIn = (url: URL) => url.searchParams.get('access_token') ?? '';

/** [L] The HMAC-SHA256 of `timestamp\nsecret` with the secret as key, in base64; good for an hour. */
export const signOf = (at: number, secret: string): string =>
  createHmac('sha256', secret).update(`${at}\n${secret}`).digest('base64');

function saidIn(text: string): Omit<RobotAnswer, 'status'> {
  try {
    const { errcode, errmsg } = JSON.parse(text) as { errcode?: unknown; errmsg?: unknown };
    return {
      code: typeof errcode === 'number' ? errcode : null,
      said: typeof errmsg === 'string' ? errmsg : '',
    };
  } catch {
    return { code: null, said: '' };
  }
}
