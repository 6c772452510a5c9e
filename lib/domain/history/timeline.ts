import type { FleetState } from '#lib/domain/inventory/fleet.ts';
import type { MarkSource } from './status-mark.ts';

/** A stretch or a moment of a timeline; a moment begins where it ends. Times are milliseconds since the epoch. */
export type TimelineItem = { from: number; to: number; state: FleetState; source: MarkSource | null };

/** A history as a picture needs it: what lies on it, in the order of time, and how long each state lasted. */
export type Timeline = {
  from: number;
  to: number;
  items: TimelineItem[];
  /** The states that occur, the longest first. */
  lasted: { state: FleetState; ms: number }[];
};

/** What a picture is read out of; times are ISO 8601. */
type Recorded = {
  window: { from: string; to: string };
  spans: (Omit<TimelineItem, 'from' | 'to'> & { from: string; to: string })[];
  moments: (Omit<TimelineItem, 'from' | 'to'> & { at: string })[];
};

/** Reads the picture out of an answer. */
export function timelineOf({ window, spans, moments }: Recorded): Timeline {
  const items = [
    ...spans.map((span) => ({ ...span, from: Date.parse(span.from), to: Date.parse(span.to) })),
    ...moments.map(({ at, ...moment }) => ({ ...moment, from: Date.parse(at), to: Date.parse(at) })),
  ].sort((a, b) => a.from - b.from || b.to - a.to);
  const sums = new Map<FleetState, number>();
  for (const { from, to, state } of items) sums.set(state, (sums.get(state) ?? 0) + to - from);
  return {
    from: Date.parse(window.from),
    to: Date.parse(window.to),
    items,
    lasted: [...sums].map(([state, ms]) => ({ state, ms })).sort((a, b) => b.ms - a.ms),
  };
}

/** What lies at a moment: the nearest moment of its own within `nearMs`, else the stretch. */
export function itemAt({ items }: Timeline, at: number, nearMs: number): TimelineItem | undefined {
  const distance = ({ from }: TimelineItem) => Math.abs(from - at);
  const near = items
    .filter((item) => item.from === item.to && distance(item) <= nearMs)
    .sort((a, b) => distance(a) - distance(b));
  return near[0] ?? items.findLast(({ from, to }) => from <= at && from < to) ?? items[0];
}

/** Where a moment lies, in percent of the window. */
export function placeOf({ from, to }: Pick<Timeline, 'from' | 'to'>, at: number): number {
  return (100 * (Math.min(Math.max(at, from), to) - from)) / (to - from);
}
