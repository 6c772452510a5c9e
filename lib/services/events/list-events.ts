import type { ShownEvent } from '#lib/api/events/event-answers.ts';
import { assertCan } from '#lib/domain/access/assert-can.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import { iso, isoOrNull } from '#lib/domain/iso.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import type { EventFilter } from '#lib/store/events/events.ts';

type Page = { cursor: string | null; limit: number };

/** What DingTalk sent, newest first, without what it said. Throws not-permitted. */
export async function listEvents(
  { store }: Pick<ServiceContext, 'store'>,
  operator: Operator,
  filter: EventFilter,
  { cursor, limit }: Page,
): Promise<{ items: ShownEvent[]; nextCursor: string | null }> {
  assertCan(operator.role, 'see-events');
  const { items, nextCursor } = await store.events(filter, cursor, limit);
  return {
    items: items.map(({ eventId, type, deviceId, receivedAt, bornAt, transport, outcome }) => ({
      eventId,
      type,
      deviceId,
      transport,
      outcome,
      receivedAt: iso(receivedAt),
      bornAt: isoOrNull(bornAt),
    })),
    nextCursor,
  };
}
