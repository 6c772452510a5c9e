import type { FleetAnswer } from '#lib/api/inventory/fleet-answers.ts';
import type { Caller } from '#lib/domain/access/access.ts';
import type { Operator, Role } from '#lib/domain/access/operator.ts';
import { AppError } from '#lib/domain/errors.ts';
import type { FleetDevice } from '#lib/domain/inventory/fleet.ts';
import { type FleetQuestion, WITHOUT } from '#lib/domain/inventory/fleet-filter.ts';
import { findableKinds, type IdentifierKind, normalIdentifier } from '#lib/domain/search/identifier-kind.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { type ViewThen, viewThen } from '#lib/services/devices/view-as-of.ts';
import type { IndexedDevice } from '#lib/services/inventory/index/indexed-device.ts';
import { cursorOf, type Paging, placeOf } from './cursor.ts';
import type { FleetMatches } from './index/fleet-index.ts';
import { groupLabel } from './index/group-paths.ts';
import type { Page, Place } from './index/ordered-rows.ts';
import { textsOf } from './index/words-of.ts';
import type { InventoryView } from './inventory.ts';
import { deviceDifference, differencesBetween, viewsOf } from './list-differences.ts';
import { type Showing, shownDevice } from './shown-row.ts';

type Reading = Pick<ServiceContext, 'store' | 'clock' | 'inventory'>;
type Listing = Reading & Pick<ServiceContext, 'limits'>;

/** How many devices the beginning of an identifier may match. */
const MOST_BY_IDENTIFIER = 1_000;
/** A shorter text matches too many devices to be treated as the beginning of an identifier. */
const LEAST_PREFIX = 3;
/** How many devices an export reads at once; other requests get their turn in between. */
const PIECE = 1_000;

/**
 * A page of the device list from the inventory; never calls DingTalk. With a text it counts as a search. Throws
 * invalid-question.parameter for a cursor that Rooms Desk did not give, too-many-questions.
 */
export async function listFleet(
  context: Listing,
  caller: Caller,
  { question, page: { cursor, limit } }: { question: FleetQuestion; page: Paging },
): Promise<FleetAnswer> {
  const { role } = caller.operator;
  if (question.q !== '') await context.limits.search(caller);
  const after = placeOf(cursor);
  const { view, now, matches, page } = await pageOfFleet(context, role, question, { after, limit });
  const showing: Showing = { view, role, now };
  return {
    items: page.rows.map((row) => shownDevice(showing, row)),
    nextCursor: page.more && page.last ? cursorOf(page.last) : null,
    total: matches.total,
    known: view.fleet.known,
    facets: {
      ...matches.facets,
      group: matches.facets.group.map((count) => ({
        ...count,
        label: count.value === null ? null : groupLabel(view.groups, count.value),
      })),
    },
    ...(cursor === null && { ...(await pastOf(context, role, question)) }),
  };
}

/** What differs in a list as of a moment; nothing for the current list. */
async function pastOf(
  context: Reading,
  role: Role,
  question: FleetQuestion,
): Promise<Pick<FleetAnswer, 'past'>> {
  const { at, against } = question;
  if (at === null) return {};
  const among = await notifiedDevices(context, question);
  const keysIn = (view: InventoryView) => {
    const { passes } = matchesIn(view, question, { keys: keysThen(view, role, question.q), among });
    return view.fleet
      .page('name', null, Number.POSITIVE_INFINITY, passes)
      .rows.map(({ device }) => device.key);
  };
  const moments = { at, against };
  const views = await viewsOf(context, moments);
  const compare = (each: typeof views, key: string) => deviceDifference(each, key, role);
  return { past: await differencesBetween(context, moments, views, keysIn, compare) };
}

/** Every matching device, a page at a time, in the requested order. */
export async function* walkFleet(
  context: Reading,
  operator: Operator,
  question: FleetQuestion,
): AsyncGenerator<{ showing: Showing; rows: IndexedDevice[] }> {
  let after: Place | null = null;
  do {
    const { view, now, page }: PageOfFleet = await pageOfFleet(context, operator.role, question, {
      after,
      limit: PIECE,
    });
    yield { showing: { view, role: operator.role, now }, rows: page.rows };
    after = page.more ? page.last : null;
  } while (after);
}

type PageOfFleet = ViewThen & { matches: FleetMatches; page: Page<IndexedDevice> };

/** Matches and pages without a pause in between, because a change may give the slot of a match to another device. */
async function pageOfFleet(
  context: Reading,
  role: Role,
  question: FleetQuestion,
  { after, limit }: { after: Place | null; limit: number },
): Promise<PageOfFleet> {
  const keys = question.at === null ? await keysByIdentifier(context.store, role, question.q) : null;
  const among = await notifiedDevices(context, question);
  const { view, now } = await viewThen(context, question);
  const matches = matchesIn(view, question, { keys: keys ?? keysThen(view, role, question.q), among });
  return { view, now, matches, page: view.fleet.page(question.sort, after, limit, matches.passes) };
}

function matchesIn(
  view: InventoryView,
  question: FleetQuestion,
  { keys, among }: { keys: string[]; among: ReadonlySet<string> | null },
): FleetMatches {
  return view.fleet.match({
    facets: { ...question.facets, group: matchingGroups(view, question.facets.group) },
    room: question.room === WITHOUT ? '' : question.room,
    among,
    words: textsOf(question.q),
    keys: new Set(keys),
  });
}

/** Throws invalid-question.not-there for a notification that is not stored. */
async function notifiedDevices(
  { store }: Reading,
  { notification }: FleetQuestion,
): Promise<ReadonlySet<string> | null> {
  if (notification === null) return null;
  const sent = await store.notification(notification);
  if (!sent) throw new AppError('invalid-question.not-there', { parameter: 'notification' });
  return new Set(sent.deviceKeys);
}

async function keysByIdentifier(store: Reading['store'], role: Role, text: string): Promise<string[]> {
  const found = await Promise.all(
    [...spellingsOf(role, text)].map(([prefix, kinds]) =>
      store.findIdentifiersByPrefix(kinds, prefix, MOST_BY_IDENTIFIER),
    ),
  );
  return found.flat().map(({ deviceKey }) => deviceKey);
}

const IDENTIFYING: Partial<Record<IdentifierKind, (device: FleetDevice) => string | null>> = {
  'device-id': ({ deviceId }) => deviceId,
  'union-id': ({ unionId }) => unionId,
  serial: ({ serial }) => serial,
  mac: ({ mac }) => mac,
  ip: ({ ip }) => ip,
};

/** Matches identifiers in the list itself, because the index of identifiers covers the present only. */
function keysThen(view: InventoryView, role: Role, text: string): string[] {
  const spellings = [...spellingsOf(role, text)];
  const keys: string[] = [];
  if (spellings.length === 0) return keys;
  view.fleet.forEach(({ device }) => {
    const isMatch = spellings.some(([prefix, kinds]) =>
      kinds.some((kind) => {
        const value = IDENTIFYING[kind]?.(device) ?? null;
        return value !== null && normalIdentifier(kind, value).startsWith(prefix);
      }),
    );
    if (isMatch) keys.push(device.key);
  });
  return keys;
}

/** The normalized spellings of a text with the identifier kinds that they may be of; none for several words. */
function spellingsOf(role: Role, text: string): Map<string, IdentifierKind[]> {
  const piece = text.trim();
  const bySpelling = new Map<string, IdentifierKind[]>();
  if (/\s/.test(piece)) return bySpelling;
  for (const kind of findableKinds(role)) {
    const spelt = normalIdentifier(kind, piece);
    if (spelt.length >= LEAST_PREFIX) bySpelling.set(spelt, [...(bySpelling.get(spelt) ?? []), kind]);
  }
  return bySpelling;
}

/** A room group includes the groups below it. */
function matchingGroups({ groups }: InventoryView, chosen: (string | null)[]): (string | null)[] {
  return [...new Set(chosen.flatMap((id) => (id === null ? [null] : [...groups.below(id)])))];
}
