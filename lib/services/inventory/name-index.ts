import type { InventoryView } from './inventory.ts';

/** Where a name leads: devices by their keys, rooms by their ids. */
export type Named = { devices: string[]; rooms: string[] };

/** Names found inside a long text. */
export type NameIndex = { namesIn(text: string): { text: string; named: Named }[] };

const LONGEST_NAME = 64;
const MOST_PIECES = 24;
/** One Chinese character or two letters name too much to be recognised in running text. */
const TOO_LITTLE = /^(?:.|[a-z]{2}|\d+)$/;

// A Chinese character and a mark between words stand for themselves; a dot belongs to a word, but not at its end.
const PIECE =
  /[\u3400-\u9fff\uf900-\ufaff]|[,;:!?()[\]{}<>"'“”‘’「」【】、。|=]|[^\s\u3400-\u9fff\uf900-\ufaff,;:!?()[\]{}<>"'“”‘’「」【】、。|=]+/g;

const spelt = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** All names of a view. Made when a long text is first pasted, and again only after names changed. */
export function createNameIndex({ fleet, rooms }: InventoryView): NameIndex {
  const names = new Map<string, Named>();
  const namedBy = (name: string | null): Named | null => {
    const key = name === null ? '' : spelt(name);
    if (key === '' || key.length > LONGEST_NAME || TOO_LITTLE.test(key)) return null;
    const known = names.get(key) ?? { devices: [], rooms: [] };
    names.set(key, known);
    return known;
  };
  fleet.forEach(({ device }) => void namedBy(device.name)?.devices.push(device.key));
  rooms.forEach(({ room }) => void namedBy(room.name)?.rooms.push(room.id));
  return { namesIn: (text) => (names.size === 0 ? [] : namesIn(names, spelt(text))) };
}

/** Every stretch of words or characters that is a name; a name inside a longer one that was found is not found again. */
function namesIn(names: ReadonlyMap<string, Named>, text: string) {
  const pieces = [...text.matchAll(PIECE)].map(({ 0: piece, index }) => ({
    from: index,
    to: index + wordEnd(piece),
  }));
  const found = new Map<string, Named>();
  for (let first = 0; first < pieces.length; first++) {
    const from = pieces[first]?.from ?? 0;
    // The longest name that begins here.
    for (let last = Math.min(first + MOST_PIECES, pieces.length) - 1; last >= first; last--) {
      const to = pieces[last]?.to ?? from;
      const named = to - from > LONGEST_NAME ? undefined : names.get(text.slice(from, to));
      if (!named) continue;
      found.set(text.slice(from, to), named);
      first = last;
      break;
    }
  }
  return [...found].map(([name, named]) => ({ text: name, named }));
}

function wordEnd(piece: string): number {
  let end = piece.length;
  while (end > 1 && piece[end - 1] === '.') end -= 1;
  return end;
}
