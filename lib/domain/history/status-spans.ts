import type { FleetState } from '#lib/domain/inventory/fleet.ts';
import { MARK_SOURCES, type MarkSource, type StatusMark, type Watch } from './status-mark.ts';

/**
 * Two marks of one state belong together when they are at most this far apart: a watched device is read more often, and
 * over a longer silence nobody can say that it stayed so.
 */
export const SPAN_REACH_MS = 15 * 60 * 1000;

/**
 * A stretch of time in one state; `source` is how its beginning was learnt. A stretch that nobody can speak for is
 * `not-observed` and has no source. Times are milliseconds since the epoch.
 */
export type Span = { from: number; to: number; state: FleetState; source: MarkSource | null };

/** The facts, a window of time, and the moment after which nothing is known. Facts come in any order, any number of times. */
export type SpansQuestion = {
  /** Those of the window, the last one before it and the first one after it. */
  marks: readonly StatusMark[];
  watches: readonly Watch[];
  from: number;
  to: number;
  now: number;
};

/** What was said at one millisecond: the look wins over an event, and `told` keeps what the event said. */
type Said = StatusMark & { overrides: StatusMark['state'] | null };

/**
 * The window as spans that follow each other without a hole, never overlap and add up to it exactly. A mark's state
 * holds up to the next mark of the same state within reach, and as long as events came in without telling otherwise. When
 * a look contradicts that silence, nobody knows when it changed, and all of the stretch before it is not observed.
 */
export function spansOf({ marks, watches, from, to, now }: SpansQuestion): Span[] {
  const spans: Span[] = [];
  let reached = from;
  const fill = (until: number, limit: number, state: FleetState, source: MarkSource | null) => {
    const upTo = Math.min(until, limit);
    if (upTo <= reached) return;
    const last = spans.at(-1);
    if (last?.state === state) last.to = upTo;
    else spans.push({ from: reached, to: upTo, state, source });
    reached = upTo;
  };
  const known = Math.min(to, now);
  const watchedFrom = watchedUntil(watches);
  const said = inOrder(marks);
  for (const [index, mark] of said.entries()) {
    fill(mark.at, known, 'not-observed', null);
    fill(knownUntil(mark, said[index + 1], watchedFrom(mark.at)), known, mark.state, mark.source);
  }
  fill(to, to, 'not-observed', null);
  return spans;
}

/**
 * The marks of a window that no span shows, because their state is known for that moment alone. They add nothing to any
 * sum; a picture draws them as ticks. `spans` are those of the same question.
 */
export function momentsOf({ marks, from, to, now }: SpansQuestion, spans: readonly Span[]): StatusMark[] {
  const moments: StatusMark[] = [];
  let index = 0;
  for (const { at, state, source } of inOrder(marks)) {
    if (at < from || at > Math.min(to, now)) continue;
    while ((spans[index]?.to ?? at) < at) index += 1;
    // A moment may be the seam of two spans.
    const shown = [spans[index], spans[index + 1]].some((span) => span?.state === state && span.from <= at);
    if (!shown) moments.push({ at, state, source });
  }
  return moments;
}

/**
 * How often a look since `from` found what events, or their silence under watch, had let expect, and how often not. No
 * event tells that a device is gone, so that says nothing about them.
 */
export function missesOf(
  marks: readonly StatusMark[],
  watches: readonly Watch[],
  from = Number.NEGATIVE_INFINITY,
): { agreed: number; missed: number } {
  const found = { agreed: 0, missed: 0 };
  const watchedFrom = watchedUntil(watches);
  let before: Said | null = null;
  for (const mark of inOrder(marks)) {
    const expected = expectedAt(mark, before, watchedFrom);
    before = mark;
    if (expected === null || mark.source === 'event' || mark.at < from) continue;
    if (expected.state === 'removed' || mark.state === 'removed') continue;
    if (expected.state === mark.state) found.agreed += 1;
    else if (contradicts(mark, expected)) found.missed += 1;
  }
  return found;
}

/** What events let expect at a mark: what one of them told at the same moment, else that nothing has changed. */
function expectedAt(mark: Said, before: Said | null, watchedFrom: (at: number) => number) {
  if (mark.overrides !== null) return { state: mark.overrides, source: 'event' as const };
  return before !== null && watchedFrom(before.at) >= mark.at ? before : null;
}

/** Sums of a window, in milliseconds. Offline and gone are observed, and not online. */
export function uptimeOf(spans: readonly Span[]): { observedMs: number; onlineMs: number; windowMs: number } {
  const sums = { observedMs: 0, onlineMs: 0, windowMs: 0 };
  for (const { from, to, state } of spans) {
    sums.windowMs += to - from;
    if (state === 'not-observed') continue;
    sums.observedMs += to - from;
    if (state !== 'offline' && state !== 'removed') sums.onlineMs += to - from;
  }
  return sums;
}

/** Up to when a mark's state is known to have lasted. */
function knownUntil(mark: Said, next: Said | undefined, watched: number): number {
  if (next === undefined) return watched;
  if (next.state === mark.state && next.at - mark.at <= SPAN_REACH_MS) return next.at;
  if (watched < next.at) return watched;
  // An event tells the moment of the change itself, also where a look of that moment says something else.
  return next.overrides === null && contradicts(next, mark) ? mark.at : next.at;
}

/**
 * Whether a mark cannot be true if all was as expected. An event that says no more than that an alarm is over has told
 * that the device is back, in a state that only a look can name.
 */
function contradicts({ state }: StatusMark, expected: Pick<StatusMark, 'state' | 'source'>): boolean {
  if (state === expected.state) return false;
  const isBack = expected.source === 'event' && expected.state === 'unknown';
  return !isBack || state === 'offline' || state === 'removed';
}

/** Marks by their time, one for each moment. */
function inOrder(marks: readonly StatusMark[]): Said[] {
  const rank = ({ source }: StatusMark) => MARK_SOURCES.indexOf(source);
  const sorted = marks.toSorted(
    (a, b) => a.at - b.at || rank(a) - rank(b) || (a.state === b.state ? 0 : a.state < b.state ? -1 : 1),
  );
  const said: Said[] = [];
  for (const mark of sorted) {
    const overrides = mark.source === 'event' ? mark.state : null;
    const same = said.at(-1)?.at === mark.at ? said.pop() : undefined;
    said.push({ ...mark, overrides: overrides ?? same?.overrides ?? null });
  }
  return said;
}

/** Answers up to when events came in without a break from a moment on; that moment itself when they did not. */
function watchedUntil(watches: readonly Watch[]): (at: number) => number {
  const joined: Watch[] = [];
  for (const watch of watches.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const last = joined.at(-1);
    if (last && watch.from <= last.to) last.to = Math.max(last.to, watch.to);
    else joined.push({ ...watch });
  }
  let index = 0;
  // Marks are asked about in their order, so that the watches are walked through once.
  return (at) => {
    while ((joined[index]?.to ?? at) < at) index += 1;
    const watch = joined[index];
    return watch && watch.from <= at ? watch.to : at;
  };
}
