import type { Callback, Posted, Reply } from '#lib/dingtalk/callback.ts';
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
  const opened = callback.open(posted);
  if (opened.kind === 'event') await receiveEvent(context, opened.event, 'callback');
  return callback.reply();
}
