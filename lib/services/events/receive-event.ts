import { readNews } from '#lib/dingtalk/events/event-wire.ts';
import type { RequestSource } from '#lib/domain/access/access.ts';
import { AppError } from '#lib/domain/errors.ts';
import type { EventOutcome, EventTransport, ReceivedEvent } from '#lib/domain/events/device-event.ts';
import type { ServiceContext } from '#lib/services/context.ts';

/**
 * Takes in what DingTalk sent, by whichever transport: once for each event, in any order. Settles only when it is durable;
 * a rejection means that it was not kept and that DingTalk must send it again. An event of another organisation is never
 * applied: it throws not-permitted.callback and is audited, repeated ones merged. It is not acknowledged either, so that
 * nothing is lost where the configured CorpId is wrong.
 */
export async function receiveEvent(
  context: Pick<ServiceContext, 'store' | 'clock' | 'organisation' | 'audit'>,
  event: ReceivedEvent,
  transport: EventTransport,
  source: RequestSource,
): Promise<EventOutcome | 'duplicate'> {
  const { store, clock } = context;
  await assertOwnOrganisation(context, event, source);
  const at = clock.now();
  return store.recordEvent(event, readNews(event, at), { transport, at });
}

async function assertOwnOrganisation(
  { organisation, audit }: Pick<ServiceContext, 'organisation' | 'audit'>,
  { corpId }: ReceivedEvent,
  source: RequestSource,
): Promise<void> {
  if (corpId === undefined) return;
  const own = await organisation.corpId();
  if (own === null || corpId === own) return;
  audit.noteRefusal({ by: null, source, action: 'event-refused', about: `CorpId ${corpId}` });
  throw new AppError('not-permitted.callback', { cause: 'organisation' });
}
