import type { InventoryView } from '#lib/services/inventory/inventory.ts';
import type { Found } from '#lib/services/inventory/match.ts';
import { createNameIndex } from './name-index.ts';
import { textsOf } from './words-of.ts';

/** A text longer than this, or of several lines, is a ticket: names are looked for in it, not it in names. */
const LONGEST_PHRASE = 80;
const MOST = 20;
/** Finding more than these to sort out the best would cost more than typing one letter more. */
const MOST_LOOKED_AT = 2_000;

const RANK = { whole: 1.5, inTicket: 3, begins: 5, contains: 6 };

/** Devices and rooms by their names: what was typed within names, or names within what was pasted. */
export function findByName(view: InventoryView, text: string): Found[] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  return trimmed.length > LONGEST_PHRASE || trimmed.includes('\n')
    ? inTicket(view, trimmed)
    : byPhrase(view, trimmed);
}

function byPhrase(view: InventoryView, text: string): Found[] {
  const words = textsOf(text);
  const phrase = words.join(' ');
  const found: Found[] = [];
  const take = (kind: Found['kind'], key: string, name: string | null) => {
    const spelt = textsOf(name ?? '').join(' ');
    const rank = spelt === phrase ? RANK.whole : spelt.startsWith(phrase) ? RANK.begins : RANK.contains;
    const by = kind === 'room' ? 'room-name' : 'name';
    found.push({ kind, key, rank, why: { by, text, exact: rank === RANK.whole, controller: null } });
  };
  for (const { room } of view.rooms.find(words, MOST_LOOKED_AT)) take('room', room.id, room.name);
  for (const { device } of view.fleet.find(words, MOST_LOOKED_AT)) take('device', device.key, device.name);
  return found.sort((a, b) => a.rank - b.rank).slice(0, MOST);
}

function inTicket(view: InventoryView, text: string): Found[] {
  const found: Found[] = [];
  for (const { text: name, named } of createNameIndex(view).namesIn(text)) {
    const why = { text: name, exact: true, controller: null };
    for (const key of named.rooms.slice(0, MOST)) {
      found.push({ kind: 'room', key, rank: RANK.inTicket, why: { ...why, by: 'room-name' } });
    }
    for (const key of named.devices.slice(0, MOST)) {
      found.push({ kind: 'device', key, rank: RANK.inTicket, why: { ...why, by: 'name' } });
    }
  }
  return found;
}
