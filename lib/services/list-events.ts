import { assertCan } from '#lib/domain/assert-can.ts';
import type { ShownEvent } from '#lib/domain/events-answer.ts';
import { iso, isoOrNull } from '#lib/domain/iso.ts';
import type { Operator } from '#lib/domain/operator.ts';
import type { EventFilter } from '#lib/store/event-store.ts';
import type { ServiceContext } from './context.ts';

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
    items: items.map(({ eventId, type, deviceId, receivedAt, bornAt, door, outcome }) => ({
      ...{ eventId, type, deviceId, door, outcome },
      receivedAt: iso(receivedAt),
      bornAt: isoOrNull(bornAt),
    })),
    nextCursor,
  };
}
