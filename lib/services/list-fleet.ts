import { FLEET_FACETS, type FleetAnswer, type FleetFacet } from '#lib/domain/fleet-answer.ts';
import { type FleetQuestion, WITHOUT } from '#lib/domain/fleet-question.ts';
import { findableKinds, type IdentifierKind, normalIdentifier } from '#lib/domain/identifier-kind.ts';
import type { Operator, Role } from '#lib/domain/operator.ts';
import type { ServiceContext } from './context.ts';
import { cursorOf, type Paging, placeOf } from './inventory/cursor.ts';
import type { FleetFilter, FleetMatches, IndexedDevice } from './inventory/fleet-index.ts';
import type { InventoryView } from './inventory/inventory.ts';
import type { Page, Place } from './inventory/ordered-rows.ts';
import { type Showing, shownDevice } from './inventory/shown-row.ts';
import { wordsOf } from './inventory/words-of.ts';

type Reading = Pick<ServiceContext, 'store' | 'clock' | 'inventory'>;

/** How many devices a piece of an identifier may stand for in a list. */
const MOST_BY_IDENTIFIER = 1_000;
/** A shorter piece than this stands for too many devices to be an identifier. */
const LEAST_PREFIX = 3;
/** How many devices a walk takes at once; requests get their turn in between. */
const PIECE = 1_000;

/**
 * A page of the fleet from what is known; never calls DingTalk. Throws invalid-question.parameter for a cursor that
 * this desk did not give.
 */
export async function listFleet(
  context: Reading,
  operator: Operator,
  question: FleetQuestion,
  { cursor, limit }: Paging,
): Promise<FleetAnswer> {
  const after = placeOf(cursor);
  const { view, matches, page } = await pageOfFleet(context, operator.role, question, { after, limit });
  const showing: Showing = { view, role: operator.role, now: context.clock.now() };
  return {
    items: page.rows.map((row) => shownDevice(showing, row)),
    nextCursor: page.more && page.last ? cursorOf(page.last) : null,
    total: matches.total,
    known: view.fleet.known,
    facets: {
      ...matches.facets,
      group: matches.facets.group.map((count) => ({
        ...count,
        label: count.value === null ? null : groupLabel(view, count.value),
      })),
    },
  };
}

/** A group's name behind those above it: floors are called alike in every building. */
function groupLabel({ groups }: InventoryView, id: string): string | null {
  const path = groups.pathOf(id).map((group) => group.name ?? group.id);
  return path.length === 0 ? null : path.join(' / ');
}

/** Every device that matches, a page at a time, in the order asked for. */
export async function* walkFleet(
  context: Reading,
  operator: Operator,
  question: FleetQuestion,
): AsyncGenerator<{ showing: Showing; rows: IndexedDevice[] }> {
  let after: Place | null = null;
  do {
    const { view, page }: PageOfFleet = await pageOfFleet(context, operator.role, question, {
      after,
      limit: PIECE,
    });
    yield { showing: { view, role: operator.role, now: context.clock.now() }, rows: page.rows };
    after = page.more ? page.last : null;
  } while (after);
}

type PageOfFleet = { view: InventoryView; matches: FleetMatches; page: Page<IndexedDevice> };

/** Matched and cut in one breath: what passes is known by numbers that the next change may give to another device. */
async function pageOfFleet(
  { store, inventory }: Reading,
  role: Role,
  question: FleetQuestion,
  { after, limit }: { after: Place | null; limit: number },
): Promise<PageOfFleet> {
  const keys = new Set(await keysByIdentifier(store, role, question.q));
  const view = await inventory.current();
  const matches = remembered(view, {
    facets: { ...question.facets, group: groupsMeant(view, question.facets.group) },
    room: question.room === WITHOUT ? '' : question.room,
    words: wordsOf(question.q),
    keys,
  });
  return { view, matches, page: view.fleet.page(question.sort, after, limit, matches.passes) };
}

async function keysByIdentifier(store: Reading['store'], role: Role, text: string): Promise<string[]> {
  const piece = text.trim();
  if (/\s/.test(piece)) return [];
  const bySpelling = new Map<string, IdentifierKind[]>();
  for (const kind of findableKinds(role, { inAddress: true })) {
    const spelt = normalIdentifier(kind, piece);
    if (spelt.length >= LEAST_PREFIX) bySpelling.set(spelt, [...(bySpelling.get(spelt) ?? []), kind]);
  }
  const found = await Promise.all(
    [...bySpelling].map(([prefix, kinds]) =>
      store.findIdentifiersByPrefix(kinds, prefix, MOST_BY_IDENTIFIER),
    ),
  );
  return found.flat().map(({ deviceKey }) => deviceKey);
}

/** A group in the address stands for everything below it. */
function groupsMeant({ groups }: InventoryView, chosen: (string | null)[]): (string | null)[] {
  return [...new Set(chosen.flatMap((id) => (id === null ? [null] : [...groups.below(id)])))];
}

/** The last matches of a view: paging and several people in one view count once. */
const memory = new WeakMap<InventoryView['fleet'], { at: number; kept: Map<string, FleetMatches> }>();
const MOST_KEPT = 16;

function remembered({ fleet }: InventoryView, filter: FleetFilter): FleetMatches {
  const known = memory.get(fleet);
  const kept = known && known.at === fleet.version ? known.kept : new Map<string, FleetMatches>();
  memory.set(fleet, { at: fleet.version, kept });
  const facets: FleetFacet[] = [...FLEET_FACETS];
  const name = JSON.stringify([
    facets.map((facet) => filter.facets[facet]),
    filter.room,
    filter.words,
    [...filter.keys],
  ]);
  const matches = kept.get(name) ?? fleet.match(filter);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(name, matches);
  return matches;
}
