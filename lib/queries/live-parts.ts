/** What the desk tells by itself, by the names of its server-sent events. */
export const LIVE_EVENTS = ['reading', 'room', 'event', 'groups', 'service', 'note', 'reset'] as const;

export type LiveEventName = (typeof LIVE_EVENTS)[number];

/** What an event says: which device or room it is about. */
export type LiveNews = { deviceId?: string | null; key?: string; roomId?: string | null };

// A device's own question is not among them: asking it anew may cost a call.
const EVERYTHING = [
  'overview',
  'fleet',
  'rooms',
  'room',
  'room-groups',
  'at-hand',
  'search',
  'service',
  'events',
  'notes',
];

const PARTS: Record<LiveEventName, readonly string[]> = {
  reading: ['overview', 'fleet', 'rooms', 'room', 'room-groups', 'at-hand', 'search'],
  room: ['rooms', 'room', 'room-groups', 'at-hand', 'search'],
  event: ['events', 'service'],
  groups: ['room-groups', 'rooms', 'room'],
  service: ['service'],
  note: ['notes'],
  reset: EVERYTHING,
};

/** The questions whose answers an event makes old. */
export function partsOf(event: LiveEventName): readonly string[] {
  return PARTS[event];
}

/** Reads what an event says; nothing of it is trusted to be there. */
export function readNews(data: string): LiveNews {
  try {
    const news: unknown = JSON.parse(data);
    return typeof news === 'object' && news !== null ? (news as LiveNews) : {};
  } catch {
    return {};
  }
}
