import type { Robot } from '#lib/dingtalk/robot/robot.ts';
import type { ChannelTarget } from '#lib/domain/alerts/alert.ts';
import type { TranslateDigest, TranslateNotification } from '#lib/domain/alerts/notification-text.ts';
import type { Message, Outcome, Send, SendDigest } from './outcome.ts';
import type { Reach } from './public-address.ts';
import type { ChannelSeal } from './seal.ts';

/** What it takes to tell somebody something. */
export type AlertContext = {
  seal: ChannelSeal;
  t: TranslateNotification;
  digestTexts: TranslateDigest;
  robot: Pick<Robot, 'isAddress'>;
  reach: Reach;
  senders: {
    robot: Send<'robot'>;
    /** Several notifications in one message of a robot. */
    digest: SendDigest;
    webhook: Send<'webhook'>;
    mail: Send<'mail'> | null;
  };
};

/** One attempt, by the way of the channel's kind. Never rejects. */
export async function sendTo(
  { senders }: Pick<AlertContext, 'senders'>,
  target: ChannelTarget,
  message: Message,
): Promise<Outcome> {
  if (target.kind === 'robot') return senders.robot(target, message);
  if (target.kind === 'webhook') return senders.webhook(target, message);
  return senders.mail
    ? senders.mail(target, message)
    : { ok: false, answer: 'SMTP_URL is not set', again: true };
}
