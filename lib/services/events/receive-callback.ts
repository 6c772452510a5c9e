import type { Callback, CallbackReply } from '#lib/dingtalk/events/callback.ts';
import { CallbackRefused } from '#lib/dingtalk/events/callback-refused.ts';
import type { RequestSource } from '#lib/domain/access/access.ts';
import { AppError } from '#lib/domain/errors.ts';
import { receiveEvent } from './receive-event.ts';

type Post = Parameters<Callback['open']>[0];

/**
 * Takes in what DingTalk posted to the callback; returns the acknowledgement that DingTalk expects, once it is durable.
 * Throws not-permitted.callback for what DingTalk did not send to us just now, invalid-question.body for what is none.
 */
export async function receiveCallback(
  context: Parameters<typeof receiveEvent>[0],
  callback: Callback,
  post: Post,
  source: RequestSource,
): Promise<CallbackReply> {
  const opened = open(callback, post);
  if (opened.kind === 'event') await receiveEvent(context, opened.event, 'callback', source);
  return callback.reply();
}

function open(callback: Callback, post: Post) {
  try {
    return callback.open(post);
  } catch (thrown) {
    if (!(thrown instanceof CallbackRefused)) throw thrown;
    const reason = thrown.reason === 'malformed' ? 'invalid-question.body' : 'not-permitted.callback';
    throw new AppError(reason, { cause: thrown.reason });
  }
}
