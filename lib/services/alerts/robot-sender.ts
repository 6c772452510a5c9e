import type { Robot, RobotAnswer, RobotMessage } from '#lib/dingtalk/robot/robot.ts';
import { robotFaultOf } from '#lib/dingtalk/robot/robot-fault.ts';
import { isLasting } from '#lib/domain/alerts/delivery-fault.ts';
import type { DigestText } from '#lib/domain/alerts/notification-text.ts';
import { asAppError } from '#lib/domain/errors.ts';
import { asCardText } from '#lib/domain/text/card-text.ts';
import { type Message, type Outcome, type Send, type SendDigest, saidBriefly } from './outcome.ts';

/** After more than 20 messages in a minute a robot is limited for so long (DOC:custom-robots-send-group-messages). */
const LIMITED_MS = 10 * 60_000;

/** Sends to a DingTalk group's robot, a message at a time and under the id of its delivery. */
export function createRobotSender(robot: Pick<Robot, 'send'>): Send<'robot'> {
  return (target, message) =>
    sendMarkdown(robot, target, {
      uuid: message.id,
      title: message.text.title,
      text: markdownOf(message),
    });
}

/** Sends several notifications to a group's robot in one message. */
export function createDigestSender(robot: Pick<Robot, 'send'>): SendDigest {
  return (target, { id, text }) =>
    sendMarkdown(robot, target, { uuid: id, title: text.title, text: markdownOfDigest(text) });
}

async function sendMarkdown(
  robot: Pick<Robot, 'send'>,
  { url, secret }: { url: string; secret: string | null },
  message: RobotMessage,
): Promise<Outcome> {
  let hasLeft = false;
  const onLeaving = () => {
    hasLeft = true;
  };
  try {
    return outcomeOf(await robot.send(url, secret, message, onLeaving));
  } catch (error) {
    const { reason, values } = asAppError(error);
    const fault = hasLeft ? 'no-answer' : 'no-connection';
    return { ok: false, answer: values.failure ?? reason, again: true, fault, pushes: hasLeft ? 1 : 0 };
  }
}

function outcomeOf({ status, code, said }: RobotAnswer): Outcome {
  // Without a result nobody knows whether the message is in the group: count it, because DingTalk may.
  if (code === null)
    return { ok: false, answer: `HTTP ${status}`, again: true, fault: faultOfStatus(status), pushes: 1 };
  const answer = saidBriefly(`errcode ${code} ${said}`);
  if (status === 200 && code === 0) return { ok: true, answer, again: false, pushes: 1 };
  const fault = robotFaultOf(code, said);
  const outcome = { ok: false, answer, again: !isLasting(fault), fault, pushes: 0 };
  return fault === 'robot-limited' ? { ...outcome, waitMs: LIMITED_MS } : outcome;
}

const faultOfStatus = (status: number) => (status >= 500 ? 'server-error' : 'no-answer');

/** What devices are called is somebody else's text: it shows as it is and leads nowhere. */
function markdownOf({ text }: Message): string {
  const { title, lead, codes, devices, rest, next, link, rule } = text;
  const lines = devices.map(({ name, room, since, issue }) =>
    [
      `- **${asCardText(name)}**`,
      ...[room, since, issue].flatMap((part) => (part === null ? [] : [asCardText(part)])),
    ].join(' · '),
  );
  return [
    `#### ${asCardText(title)}`,
    asCardText(lead),
    codes.map((each) => `- ${asCardText(each)}`).join('\n'),
    [...lines, ...(rest === null ? [] : [`- ${asCardText(rest)}`])].join('\n'),
    ...(next === null ? [] : [asCardText(next)]),
    `[${asCardText(link.word)}](${link.url})`,
    `> ${asCardText(rule)}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function markdownOfDigest({ title, lead, entries, rest, link }: DigestText): string {
  const lines = entries.map(
    (each) =>
      `- **${asCardText(each.severity)}** [${asCardText(each.title)}](${each.url}) · ${asCardText(each.lead)}`,
  );
  return [
    `#### ${asCardText(title)}`,
    [...lines, ...(rest === null ? [] : [`- ${asCardText(rest)}`])].join('\n'),
    `[${asCardText(link.word)}](${link.url})`,
    `> ${asCardText(lead)}`,
  ].join('\n\n');
}
