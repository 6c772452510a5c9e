import { type DeviceRef, whyNotAnId } from '#lib/domain/devices/device-ref.ts';
import { withoutAround } from './identifier.ts';
import type { IdentifierKind } from './identifier-kind.ts';

/** A piece of a text that may name something. `text` is as it was written, `value` in its normal spelling. */
export type Piece = { text: string; value: string; kinds: readonly IdentifierKind[] };

/** Everything in a text that may name a device or a room. */
export type Scan = {
  pieces: Piece[];
  /** Own links, in the order in which they were written. */
  links: ({ text: string } & ({ ref: DeviceRef } | { roomId: string }))[];
  /** Ids that DingTalk could be asked for if nobody here knows them. */
  askable: DeviceRef[];
};

/** More pieces than any ticket holds; past it somebody pasted a log. */
export const MOST_PIECES = 500;

// Six pairs, also with blanks between them, or three fours as Cisco writes them; not a piece of something longer.
const MAC =
  /(?<![0-9a-z])(?<!(?<![0-9a-z])[0-9a-f]{2}[:-])(?:[0-9a-f]{2}([: -])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})(?![0-9a-z])(?![:-][0-9a-f]{2}(?![0-9a-z]))/gi;
const IPV4 = /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]*\d)/g;
// Chinese that follows without a blank is no part of an address: ours have none, and others are only stepped over.
const LINK = /https?:\/\/[!#-&*-;=?-~]+|(?<![\w/])\/(?:devices|rooms)\/[!#-&*-;=?-~]+/gi;
const AFTER_LINK = new Set('.,:;!?*_~|]}');
// An id ends where a sentence does: a dot or a hyphen inside belongs to it, at its end only "=" does, and "=" inside
// parts a name from its value.
const WORD = /(?:[A-Za-z0-9][A-Za-z0-9_+.@-]*[A-Za-z0-9]|[A-Za-z0-9])(?:={1,2}(?![A-Za-z0-9=]))?/g;
const BARE_MAC = /^[0-9a-f]{12}$/i;

const ANY: readonly IdentifierKind[] = ['device-id', 'union-id', 'serial', 'cast-code', 'sip-account'];
const LEAST_LENGTH = 3;
// What stands before an id in tickets of either language.
const LABELLED =
  /(?:device[ _-]?(?:union[ _-]?)?id|union[ _-]?id|设备 ?(?:id|编号|号)) ?["']? ?[:=]? ?["']?$/i;
/** A label is not longer than this, however many blanks it holds. */
const LONGEST_LABEL = 60;

/** Finds the identifiers in a text of any length and language, each once, in the order in which they were written. */
export function scanText(text: string, ownOrigin: string): Scan {
  const scan: Scan = { pieces: [], links: [], askable: [] };
  const seen = new Set<string>();
  const take = (piece: Piece) => {
    const name = `${piece.kinds[0]} ${piece.value}`;
    if (seen.has(name) || scan.pieces.length >= MOST_PIECES) return;
    seen.add(name);
    scan.pieces.push(piece);
  };
  let rest = text.normalize('NFKC');
  /** Takes what matches out of the text, so that no part of it is read as something else. */
  const each = (pattern: RegExp, found: (match: string) => void) => {
    rest = rest.replace(pattern, (match) => {
      found(match);
      return ' '.repeat(match.length);
    });
  };
  each(LINK, (written) => {
    const link = withoutEnd(written);
    const own = ownLink(link, ownOrigin);
    if (own) scan.links.push({ text: link, ...own });
  });
  each(MAC, (mac) => take({ text: mac, value: bare(mac), kinds: ['mac'] }));
  each(IPV4, (ip) => take({ text: ip, value: ip, kinds: ['ip'] }));
  const words = [...rest.matchAll(WORD)];
  const asked = new Set<string>();
  for (const match of words) {
    const word = match[0];
    if (word.length < LEAST_LENGTH) continue;
    // Some switches write MACs with hyphens in other places; such a word may be a serial number too.
    if (BARE_MAC.test(bare(word))) take({ text: word, value: bare(word), kinds: ['mac'] });
    take({ text: word, value: word.toLowerCase(), kinds: ANY });
    if (asked.has(word) || asked.size >= MOST_PIECES || whyNotAnId(word) !== null) continue;
    const alone = words.length === 1 && withoutAround(rest) === word;
    if (alone || word.endsWith('iEiE') || LABELLED.test(labelBefore(rest, match.index))) {
      asked.add(word);
      scan.askable.push({ by: /^\d+$/.test(word) ? 'deviceId' : 'unionId', id: word });
    }
  }
  return scan;
}

const bare = (mac: string) => mac.toLowerCase().replace(/[:. -]/g, '');

/** The little that stands before a place, each white space in it one blank. */
const labelBefore = (text: string, at: number) =>
  text.slice(Math.max(0, at - LONGEST_LABEL), at).replace(/\s+/g, ' ');

/** A link without what ends the sentence it stands in. */
function withoutEnd(link: string): string {
  let end = link.length;
  while (AFTER_LINK.has(link[end - 1] ?? '')) end -= 1;
  return link.slice(0, end);
}

const OWN_PATH = /^\/(devices\/union|devices|rooms)\/([^/]+)\/?$/;

function ownLink(text: string, ownOrigin: string): { ref: DeviceRef } | { roomId: string } | null {
  const url = URL.parse(text, ownOrigin);
  const match = url?.origin === ownOrigin ? OWN_PATH.exec(url.pathname) : null;
  const id = match?.[2] === undefined ? null : decoded(match[2]);
  if (!match || id === null || whyNotAnId(id) !== null) return null;
  if (match[1] === 'rooms') return { roomId: id };
  return { ref: { by: match[1] === 'devices' ? 'deviceId' : 'unionId', id } };
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
