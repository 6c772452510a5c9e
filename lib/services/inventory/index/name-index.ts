import type { InventoryView } from '#lib/services/inventory/inventory.ts';
import { LONGEST_NAME, spelt } from './name-table.ts';

/** Where a name leads: devices by their keys, rooms by their ids. */
export type Named = { devices: readonly string[]; rooms: readonly string[] };

/** Names found inside a long text. */
export type NameIndex = { namesIn(text: string): { text: string; named: Named }[] };

const MOST_PIECES = 24;

// A Chinese character and a mark between words stand for themselves; a dot belongs to a word, but not at its end.
const PIECE =
  /[\u3400-\u9fff\uf900-\ufaff]|[,;:!?()[\]{}<>"'“”‘’「」【】、。|=]|[^\s\u3400-\u9fff\uf900-\ufaff,;:!?()[\]{}<>"'“”‘’「」【】、。|=]+/g;

/** All names of a view. */
export function createNameIndex({ fleet, rooms }: InventoryView): NameIndex {
  const named = (name: string): Named | null => {
    const [devices, inRooms] = [fleet.names.called(name), rooms.names.called(name)];
    return devices.length + inRooms.length === 0 ? null : { devices, rooms: inRooms };
  };
  return { namesIn: (text) => namesIn(named, spelt(text)) };
}

/** Every stretch of words or characters that is a name; a name inside a longer one that was found is not found again. */
function namesIn(namedBy: (name: string) => Named | null, text: string) {
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
      const named = to - from > LONGEST_NAME ? null : namedBy(text.slice(from, to));
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
