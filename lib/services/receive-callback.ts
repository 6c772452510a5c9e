import { type Callback, CallbackError, type Posted, type Reply } from '#lib/dingtalk/callback.ts';
import { AppError } from '#lib/domain/errors.ts';
import type { ServiceContext } from './context.ts';
import { receiveEvent } from './receive-event.ts';

/**
 * Takes in what was posted to DingTalk's door; answers what DingTalk wants to hear, once it is durable.
 * Throws not-permitted.callback for what DingTalk did not send to us just now, invalid-question.body for what is none.
 */
export async function receiveCallback(
  context: Pick<ServiceContext, 'store' | 'clock'>,
  callback: Callback,
  posted: Posted,
): Promise<Reply> {
  const opened = open(callback, posted);
  if (opened.kind === 'event') await receiveEvent(context, opened.event, 'callback');
  return callback.reply();
}

function open(callback: Callback, posted: Posted) {
  try {
    return callback.open(posted);
  } catch (thrown) {
    if (!(thrown instanceof CallbackError)) throw thrown;
    const reason = thrown.reason === 'malformed' ? 'invalid-question.body' : 'not-permitted.callback';
    throw new AppError(reason, { cause: thrown.reason });
  }
}
