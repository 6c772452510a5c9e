'use client';

import { useCallback, useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import { firstSeenAt } from '#lib/queries/first-seen.ts';
import { useMomentText } from './moment.tsx';

/**
 * A row as the server told it; `ageMs` is how long ago `observedAt` was when it answered. The row itself, not a copy:
 * when it reached this browser is remembered by it.
 */
type Aged = { observedAt: string | null; ageMs: number | null };

type Unit = 'day' | 'hour' | 'minute' | 'second' | 'now';

const UNITS: [Exclude<Unit, 'now'>, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** "12 s ago": how old what a list shows is. Counts up; nothing for what was never read. */
export function ListAge({ of }: { of: Aged }) {
  const say = useTranslations('age');
  const moment = useMomentText();
  const { unit, n } = useAgeIn(of, 0);
  if (of.observedAt === null) return null;
  return (
    <time dateTime={of.observedAt} title={moment(of.observedAt)} className="whitespace-nowrap">
      {say(unit, { n })}
      <span className="sr-only"> ({moment(of.observedAt)})</span>
    </time>
  );
}

/** "for 48 min": how long something has been so. `since` is ISO 8601 UTC. */
export function Lasting({ of, since }: { of: Aged; since: string }) {
  const say = useTranslations('lasting');
  const moment = useMomentText();
  // Both moments are the server's own, so their distance is true whatever the clock here says.
  const moreMs = of.observedAt === null ? 0 : Date.parse(of.observedAt) - Date.parse(since);
  const { unit, n } = useAgeIn(of, moreMs);
  const title = say('since', { moment: moment(since) });
  return (
    <time dateTime={since} title={title} className="whitespace-nowrap">
      {say(unit, { n })}
      <span className="sr-only"> ({title})</span>
    </time>
  );
}

/** The age now in the largest unit that fits; draws anew only when that has another number. */
function useAgeIn(of: Aged, moreMs: number): { unit: Unit; n: number } {
  const thenMs = (of.ageMs ?? 0) + moreMs;
  const now = useCallback(() => worded(thenMs + Math.max(0, Date.now() - firstSeenAt(of))), [of, thenMs]);
  const word = useSyncExternalStore(everySecond, now, () => worded(thenMs));
  const [unit, n] = word.split(' ');
  return { unit: unit as Unit, n: Number(n) };
}

function worded(ageMs: number): string {
  for (const [unit, size] of UNITS) if (ageMs >= size) return `${unit} ${Math.floor(ageMs / size)}`;
  return 'now 0';
}

// One clock for however many ages a list has.
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function everySecond(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
