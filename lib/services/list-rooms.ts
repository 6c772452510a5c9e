import { type RoomsQuestion, WITHOUT } from '#lib/domain/fleet-question.ts';
import type { Operator } from '#lib/domain/operator.ts';
import type { RoomsAnswer } from '#lib/domain/rooms-answer.ts';
import type { ServiceContext } from './context.ts';
import { cursorOf, type Paging, placeOf } from './inventory/cursor.ts';
import type { InventoryView } from './inventory/inventory.ts';
import { type Showing, shownRoom } from './inventory/shown-row.ts';
import { wordsOf } from './inventory/words-of.ts';

/**
 * A page of the rooms from what is known; never calls DingTalk. Throws invalid-question.parameter for a cursor that
 * this desk did not give.
 */
export async function listRooms(
  { inventory, clock }: Pick<ServiceContext, 'inventory' | 'clock'>,
  operator: Operator,
  question: RoomsQuestion,
  { cursor, limit }: Paging,
): Promise<RoomsAnswer> {
  const after = placeOf(cursor);
  const view = await inventory.current();
  const matches = view.rooms.match({
    words: wordsOf(question.q),
    groups: groupsMeant(view, question.group),
    status: question.status,
    label: question.label,
    condition: question.condition,
  });
  const page = view.rooms.page(question.sort, after, limit, matches.passes);
  const showing: Showing = { view, role: operator.role, now: clock.now() };
  return {
    items: page.rows.map((row) => shownRoom(showing, row)),
    nextCursor: page.more && page.last ? cursorOf(page.last) : null,
    total: matches.total,
    known: view.rooms.known,
    devicesWithoutRoom: view.fleet.withoutRoom,
    facets: matches.facets,
  };
}

function groupsMeant({ groups }: InventoryView, chosen: string | null): ReadonlySet<string> | null {
  if (chosen === null) return null;
  return chosen === WITHOUT ? new Set(['']) : groups.below(chosen);
}
