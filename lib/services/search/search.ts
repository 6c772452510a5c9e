import type { MatchReason, SearchAnswer, SearchMatch } from '#lib/api/search/search-answers.ts';
import type { Caller } from '#lib/domain/access/access.ts';
import { can, type Operator } from '#lib/domain/access/operator.ts';
import { type DeviceRef, devicePath, MAX_ID_LENGTH } from '#lib/domain/devices/device-ref.ts';
import { mayName, mayNameDevice } from '#lib/domain/devices/union-id.ts';
import { AppError } from '#lib/domain/errors.ts';
import { MAX_QUERY_LENGTH } from '#lib/domain/inventory/fleet-filter.ts';
import { findableKinds, type IdentifierKind, normalIdentifier } from '#lib/domain/search/identifier-kind.ts';
import { type Piece, type Scan, scanText } from '#lib/domain/search/scan-text.ts';
import type { ServiceContext } from '#lib/services/context.ts';
import { findByName } from '#lib/services/inventory/index/find-by-name.ts';
import type { InventoryView } from '#lib/services/inventory/inventory.ts';
import type { Found } from '#lib/services/inventory/match.ts';
import { type Showing, shownDevice, shownRoom } from '#lib/services/inventory/shown-row.ts';
import type { IdentifierHit } from '#lib/store/devices/find-identifiers.ts';

type Searching = Pick<ServiceContext, 'store' | 'clock' | 'inventory' | 'budget' | 'limits'>;

const RANK = { link: 0, identifier: 1, panelIdentifier: 2, prefix: 4 };
const MOST_MATCHES = 20;
const LEAST_PREFIX = 3;
/** More than a text can match. One ID may belong to several things, such as a device and its controller. */
const MOST_BEARERS = 5_000;

/**
 * Finds what a text may mean, exact matches first; never calls DingTalk. Searches only kinds of identifiers that the
 * role may see, and no secrets (see search-by-secret.ts). Throws invalid-question.parameter for a text that is too
 * long, too-many-questions.
 */
export async function search(
  context: Searching,
  caller: Caller,
  { text, ownOrigin }: { text: string; ownOrigin: string },
): Promise<SearchAnswer> {
  const { operator } = caller;
  await context.limits.search(caller);
  if (text.length > MAX_QUERY_LENGTH) throw new AppError('invalid-question.parameter', { parameter: 'q' });
  const scan = scanText(text, ownOrigin);
  const [identified, view] = await Promise.all([
    findIdentified(context, findableKinds(operator.role), scan, text),
    context.inventory.current(),
  ]);
  const linked = await findLinked(context, operator, scan);
  const found = [...linked, ...identified.found, ...findRooms(view, scan), ...findByName(view, text)];
  const showing: Showing = { view, role: operator.role, now: context.clock.now() };
  const matches = asMatches(showing, found);
  const unknownIds = can(operator.role, 'ask-live')
    ? await unknownAmong(context, view, askable(scan, identified.values))
    : [];
  return {
    matches,
    unknownIds,
    callsLeft: unknownIds.length > 0 ? await context.budget.callsLeft().catch(() => null) : null,
    looked: scan.pieces.length + scan.links.length,
  };
}

/** The IDs in links and in the text, each once, without those that were found. */
function askable({ askable: words, links }: Scan, found: ReadonlySet<string>): DeviceRef[] {
  const refs = [...links.flatMap((link) => ('ref' in link ? [link.ref] : [])), ...words];
  return [...new Map(refs.map((ref) => [ref.id, ref])).values()].filter(
    ({ id }) => !found.has(id.toLowerCase()),
  );
}

/** Those that belong to no device, controller or room. */
async function unknownAmong({ store }: Searching, { rooms }: InventoryView, refs: DeviceRef[]) {
  const kinds: IdentifierKind[] = ['device-id', 'union-id'];
  const values = refs.map(({ id }) => id.toLowerCase());
  const hits = await store.findIdentifiers({ kinds, values, limit: MOST_BEARERS });
  const known = new Set(hits.map(({ value }) => value));
  return refs.filter(({ id }) => !known.has(id.toLowerCase()) && !rooms.get(id));
}

async function findLinked({ store }: Searching, { role }: Operator, { links }: Scan): Promise<Found[]> {
  const found: Found[] = [];
  for (const link of links.slice(0, MOST_MATCHES)) {
    const why: MatchReason = { by: 'link', text: link.text, exact: true, controller: null };
    if ('roomId' in link) found.push({ kind: 'room', key: link.roomId, rank: RANK.link, why });
    else if (mayName(role, link.ref)) {
      const key = await store.keyOf(link.ref);
      if (key !== null) found.push({ kind: 'device', key, rank: RANK.link, why });
    }
  }
  return found;
}

/** Rooms whose IDs are in the text. */
function findRooms({ rooms }: InventoryView, { pieces }: Scan): Found[] {
  const named = pieces.filter(({ text }) => rooms.get(text));
  return named.map(({ text }) => ({
    kind: 'room',
    key: text,
    rank: RANK.identifier,
    why: { by: 'room-id', text, exact: true, controller: null },
  }));
}

async function findIdentified({ store }: Searching, kinds: IdentifierKind[], { pieces }: Scan, text: string) {
  const byValue = new Map<string, Piece[]>();
  for (const piece of pieces) byValue.set(piece.value, [...(byValue.get(piece.value) ?? []), piece]);
  const exact = await store.findIdentifiers({ kinds, values: [...byValue.keys()], limit: 200 });
  const found: Found[] = [];
  for (const hit of exact) {
    const piece = byValue.get(hit.value)?.find((each) => each.kinds.includes(hit.kind));
    if (piece) found.push(asFound(hit, piece.text, true));
  }
  const prefix = prefixOf(text);
  const others = kinds.filter((kind) => kind !== 'mac');
  for (const [spelt, some] of [
    [prefix, others] as const,
    [normalIdentifier('mac', prefix), kinds.filter((kind) => kind === 'mac')] as const,
  ]) {
    if (spelt.length < LEAST_PREFIX) continue;
    const hits = await store.findIdentifiersByPrefix(some, spelt, MOST_MATCHES);
    const fit = hits.filter(({ value }) => value !== spelt);
    found.push(...fit.map((hit) => asFound(hit, text.trim(), false)));
  }
  return {
    found,
    values: new Set(found.filter(({ why }) => why.exact).map(({ why }) => why.text.toLowerCase())),
  };
}

/** The text as the beginning of an identifier, if it is a single word. */
function prefixOf(text: string): string {
  const word = normalIdentifier('device-id', text);
  return word.length <= MAX_ID_LENGTH && !/\s/.test(word) ? word : '';
}

/** A device that was found by an identifier; `text` is the searched text. */
export function asFound({ kind, deviceKey, controller }: IdentifierHit, text: string, exact: boolean): Found {
  const ranked = controller ? RANK.panelIdentifier : RANK.identifier;
  return {
    kind: 'device',
    key: deviceKey,
    rank: exact ? ranked : RANK.prefix,
    why: {
      by: kind satisfies IdentifierKind,
      text,
      exact,
      controller: controller && (controller.name ?? ''),
    },
  };
}

/** Matches as the reader may see them, each thing once and the best first. */
export const asMatches = (showing: Showing, found: Found[]): SearchMatch[] =>
  best(found)
    .map((each) => asMatch(showing, each))
    .filter((match) => match !== null)
    .slice(0, MOST_MATCHES);

/** Each thing once with its best reason, the best first. */
function best(found: Found[]): Found[] {
  const kept = new Map<string, Found>();
  for (const each of found) {
    const name = `${each.kind} ${each.key}`;
    const known = kept.get(name);
    if (!known || each.rank < known.rank) kept.set(name, each);
  }
  return [...kept.values()].sort((a, b) => a.rank - b.rank);
}

function asMatch(showing: Showing, { kind, key, why }: Found): SearchMatch | null {
  const { view } = showing;
  if (kind === 'room') {
    const found = view.rooms.get(key);
    if (!found) return null;
    const { id, name } = found.room;
    const path = `/rooms/${encodeURIComponent(id)}`;
    return { kind, id, label: name ?? id, path, why, device: null, room: shownRoom(showing, found) };
  }
  const found = view.fleet.get(key);
  if (!found) return null;
  const { deviceId, unionId, name } = found.device;
  if (deviceId === null && (unionId === null || !mayNameDevice(showing.role, found.device))) return null;
  const ref: DeviceRef =
    deviceId === null ? { by: 'unionId', id: unionId ?? '' } : { by: 'deviceId', id: deviceId };
  return {
    kind,
    id: ref.id,
    label: name ?? ref.id,
    path: devicePath(ref),
    why,
    device: shownDevice(showing, found),
    room: null,
  };
}
