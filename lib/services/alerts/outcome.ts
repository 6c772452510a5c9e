import type { ChannelTarget, Notification } from '#lib/domain/alerts/alert.ts';
import type { DeliveryFault } from '#lib/domain/alerts/delivery-fault.ts';
import type { DigestText, NotificationText } from '#lib/domain/alerts/notification-text.ts';

/** What became of one attempt. `answer` is what the other end said, cut; it never holds a secret. */
export type Outcome = {
  ok: boolean;
  answer: string;
  /** Whether trying again can help; for what is not ok. */
  again: boolean;
  /** Not before so many milliseconds, where the other end said so. */
  waitMs?: number;
  /** Why it failed, where that is known. */
  fault?: DeliveryFault;
  /** How many of the month's pushes this attempt used, or may have used. */
  pushes?: number;
};

/** One message as it goes out. `id` is the same however often it is tried. */
export type Message = { id: string; notification: Notification; text: NotificationText };

/** Sends to one kind of channel. Never rejects: what went wrong is an outcome. */
export type Send<K extends ChannelTarget['kind']> = (
  target: Extract<ChannelTarget, { kind: K }>,
  message: Message,
) => Promise<Outcome>;

/** Sends several notifications to a group robot as one message. Never rejects. */
export type SendDigest = (
  target: Extract<ChannelTarget, { kind: 'robot' }>,
  digest: { id: string; text: DigestText },
) => Promise<Outcome>;

const LONGEST = 200;

/** What somebody else said, in one line that is not too long. */
export const saidBriefly = (text: string): string =>
  text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST)
    .toWellFormed();
