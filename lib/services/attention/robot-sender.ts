import type { Robot, RobotAnswer } from '#lib/dingtalk/robot.ts';
import { asCardText } from '#lib/domain/card-text.ts';
import { asAppError } from '#lib/domain/errors.ts';
import { type Message, type Outcome, type Send, saidBriefly } from './outcome.ts';

/** [L] More than 20 messages in a minute, and the robot is deaf for ten. */
const TOO_MANY = new Set([130101, 410100]);
const DEAF_MS = 10 * 60_000;
/** [L] The robot, its group or its token is no more. */
const GONE = new Set([300001, 300005, 400013, 400101, 400102, 400106]);

/** Sends to a DingTalk group's robot. */
export function createRobotSender(robot: Pick<Robot, 'send'>): Send<'robot'> {
  return async ({ url, secret }, message) => {
    try {
      const text = markdownOf(message);
      return outcomeOf(await robot.send(url, secret, { title: message.text.title, text }));
    } catch (error) {
      const { reason, values } = asAppError(error);
      return { ok: false, answer: values.failure ?? reason, again: true };
    }
  };
}

function outcomeOf({ status, code, said }: RobotAnswer): Outcome {
  const answer = code === null ? `HTTP ${status}` : saidBriefly(`errcode ${code} ${said}`);
  if (status === 200 && code === 0) return { ok: true, answer, again: false };
  const outcome = { ok: false, answer, again: code === null || !GONE.has(code) };
  return code !== null && TOO_MANY.has(code) ? { ...outcome, waitMs: DEAF_MS } : outcome;
}

/** What devices are called is somebody else's text: it shows as it is and leads nowhere. */
function markdownOf({ text }: Message): string {
  const { title, lead, devices, rest, next, link, rule } = text;
  const lines = devices.map(
    ({ name, room, since }) =>
      `- **${asCardText(name)}**${room === null ? '' : ` · ${asCardText(room)}`} · ${asCardText(since)}`,
  );
  return [
    `#### ${asCardText(title)}`,
    asCardText(lead),
    [...lines, ...(rest === null ? [] : [`- ${asCardText(rest)}`])].join('\n'),
    ...(next === null ? [] : [asCardText(next)]),
    `[${asCardText(link.word)}](${link.url})`,
    `> ${asCardText(rule)}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
