import type { Change } from '#lib/domain/history/change.ts';
import type { Evidence, Issue } from '#lib/domain/issues/issue.ts';
import { isOffline, ownState, type Subject } from './subject.ts';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

/** Away so many times within a day is no switching off any more. */
const TIMES_AWAY = 3;
/** A habit takes so many changes over so long a time. */
const LEAST_CHANGES = 10;
const LEAST_DAYS = 7;
/** Nobody misses a device before a weekend is over. */
const LEAST_QUIET_MS = 3 * DAY_MS;
/** So many times its longest pause is out of the usual. */
const BEYOND = 3;

/** What it came to be by a change, as evidence. */
const became = ({ field, to, at, source }: Change): Evidence => ({ field, value: to, at, source, of: null });

/** Away and back again, several times within a day. */
export function flapping(subject: Subject): Issue[] {
  const since = subject.now - DAY_MS;
  const away = subject.states.filter(({ to, at }) => to === 'offline' && at >= since);
  const [last] = away;
  if (!last || away.length < TIMES_AWAY) return [];
  return [{ code: 'flapping', evidence: [became(last), ...away.slice(1, TIMES_AWAY).map(became)] }];
}

/** Nothing has happened with it for much longer than ever between two things that did. */
export function quietness(subject: Subject): Issue[] {
  if (isOffline(subject)) return [];
  const { states, now } = subject;
  const [last] = states;
  const first = states.at(-1);
  if (!last || !first || states.length < LEAST_CHANGES || last.at - first.at < LEAST_DAYS * DAY_MS) return [];
  const pauses = states.slice(1).map((each, at) => ({ each, ms: (states[at]?.at ?? each.at) - each.at }));
  const longest = pauses.reduce((one, other) => (other.ms > one.ms ? other : one));
  const quietMs = now - last.at;
  if (quietMs < LEAST_QUIET_MS || quietMs < longest.ms * BEYOND) return [];
  // The pause that was the longest begins with one change and ends with the next.
  return [{ code: 'unusually-quiet', evidence: [became(last), became(longest.each), ownState(subject)] }];
}
