import type { RoomsAnswer } from '#lib/api/rooms/room-answers.ts';
import type { Caller } from '#lib/domain/access/access.ts';
import { type RoomsQuestion, WITHOUT } from '#lib/domain/inventory/fleet-filter.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { viewThen } from '#lib/services/devices/view-as-of.ts';
import { cursorOf, type Paging, placeOf } from '#lib/services/inventory/cursor.ts';
import { textsOf } from '#lib/services/inventory/index/words-of.ts';
import type { InventoryView } from '#lib/services/inventory/inventory.ts';
import { differencesBetween, roomDifference, viewsOf } from '#lib/services/inventory/list-differences.ts';
import { type Showing, shownRoom } from '#lib/services/inventory/shown-row.ts';

/**
 * A page of the room list from the inventory; never calls DingTalk. With a text it counts as a search. Throws
 * invalid-question.parameter for a cursor that Rooms Desk did not give, too-many-questions.
 */
export async function listRooms(
  context: Pick<ServiceContext, 'inventory' | 'clock' | 'store' | 'limits'>,
  caller: Caller,
  { question, page: { cursor, limit } }: { question: RoomsQuestion; page: Paging },
): Promise<RoomsAnswer> {
  if (question.q !== '') await context.limits.search(caller);
  const after = placeOf(cursor);
  const { view, now } = await viewThen(context, question);
  const matches = matchesIn(view, question);
  const page = view.rooms.page(question.sort, after, limit, matches.passes);
  const showing: Showing = { view, role: caller.operator.role, now };
  return {
    items: page.rows.map((row) => shownRoom(showing, row)),
    nextCursor: page.more && page.last ? cursorOf(page.last) : null,
    total: matches.total,
    known: view.rooms.known,
    devicesWithoutRoom: view.fleet.withoutRoom,
    facets: matches.facets,
    ...(cursor === null && { ...(await pastOf(context, question)) }),
  };
}

function matchesIn(view: InventoryView, question: RoomsQuestion) {
  return view.rooms.match({
    words: textsOf(question.q),
    groups: matchingGroups(view, question.group),
    status: question.status,
    label: question.label,
    condition: question.condition,
  });
}

/** What differs in a list as of a moment; nothing for the current list. */
async function pastOf(
  context: Pick<ServiceContext, 'inventory' | 'clock' | 'store'>,
  question: RoomsQuestion,
): Promise<Pick<RoomsAnswer, 'past'>> {
  const { at, against } = question;
  if (at === null) return {};
  const idsIn = (view: InventoryView) => {
    const { passes } = matchesIn(view, question);
    return view.rooms.page('name', null, Number.POSITIVE_INFINITY, passes).rows.map(({ room }) => room.id);
  };
  const moments = { at, against };
  const views = await viewsOf(context, moments);
  return { past: await differencesBetween(context, moments, views, idsIn, roomDifference) };
}

function matchingGroups({ groups }: InventoryView, chosen: string | null): ReadonlySet<string> | null {
  if (chosen === null) return null;
  return chosen === WITHOUT ? new Set(['']) : groups.below(chosen);
}
