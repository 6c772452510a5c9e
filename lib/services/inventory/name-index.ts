import type { InventoryView } from './inventory.ts';

/** Where a name leads: devices by their keys, rooms by their ids. */
export type Named = { devices: string[]; rooms: string[] };

/** Names found inside a long text. */
export type NameIndex = { namesIn(text: string): { text: string; named: Named }[] };

const LONGEST_NAME = 64;
const MOST_WORDS = 12;
/** One Chinese character or two letters name too much to be recognised in running text. */
const LEAST = 2;

const CHINESE = /[\u3400-\u9fff\uf900-\ufaff]/;
const CHUNK = /[\u3400-\u9fff\uf900-\ufaff]|[^\s\u3400-\u9fff\uf900-\ufaff]+/g;

const spelt = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** All names of a view. Made when a long text is first pasted, and again only after names changed. */
export function createNameIndex({ fleet, rooms }: InventoryView): NameIndex {
  const names = new Map<string, Named>();
  const namedBy = (name: string | null): Named | null => {
    const key = name === null ? '' : spelt(name);
    if (key.length < LEAST || key.length > LONGEST_NAME || /^\d+$/.test(key)) return null;
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
  const chunks = [...text.matchAll(CHUNK)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }));
  const found = new Map<string, Named>();
  for (let first = 0; first < chunks.length; first++) {
    const from = chunks[first]?.from ?? 0;
    // The longest name that begins here.
    for (let last = Math.min(first + mostChunks(text, from), chunks.length) - 1; last >= first; last--) {
      const name = text.slice(from, chunks[last]?.to).replace(/^[("'「【[]+|[)"'」】\],.;:，。；：]+$/g, '');
      const named = name.length > LONGEST_NAME ? undefined : names.get(name);
      if (!named) continue;
      found.set(name, named);
      first = last;
      break;
    }
  }
  return [...found].map(([name, named]) => ({ text: name, named }));
}

const mostChunks = (text: string, from: number) =>
  CHINESE.test(text.slice(from, from + 2)) ? 24 : MOST_WORDS;
