import { readNews } from '#lib/dingtalk/event-wire.ts';
import type { EventDoor, EventOutcome, ReceivedEvent } from '#lib/domain/device-event.ts';
import type { ServiceContext } from './context.ts';

/**
 * Takes in what DingTalk sent, by whichever door: once for each event, in any order. Settles only when it is durable;
 * a rejection means that it was not kept and that DingTalk must send it again.
 */
export async function receiveEvent(
  { store, clock }: Pick<ServiceContext, 'store' | 'clock'>,
  event: ReceivedEvent,
  door: EventDoor,
): Promise<EventOutcome | 'duplicate'> {
  const at = clock.now();
  return store.recordEvent(event, readNews(event, at), { door, at });
}
