'use client';

import { useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import { useAsOf } from './as-of.tsx';
import { useMomentText } from './moment.tsx';

type Props = {
  /** The moment it counts from, ISO 8601 UTC: said on hover. */
  at: string;
  /** How long ago that was when the server answered; ages never come from comparing two clocks. */
  ageMs: number;
  /** When that answer reached this browser, by its own clock. */
  receivedAt: number;
  /** `age` is "5 min ago", `span` is "5 min". */
  as: 'age' | 'span';
};

/** An age for rows of lists: all of a page share one tick, and a row is drawn again when its words change. */
export function ShortAge({ at, ageMs, receivedAt, as }: Props) {
  const age = useTranslations('age');
  const span = useTranslations('age.span');
  const moment = useMomentText();
  // What is shown is of a moment: how old it was then does not grow.
  const still = useAsOf().at !== null;
  const text = useSyncExternalStore(
    still ? standStill : onTick,
    () => inWords(still ? ageMs : ageMs + Math.max(0, Date.now() - receivedAt)),
    () => inWords(ageMs),
  );
  const [unit, n] = text.split(' ') as [Unit, string];
  return (
    <time dateTime={at} title={moment(at)} className="whitespace-nowrap">
      {as === 'age' ? age(unit, { n: Number(n) }) : span(unit, { n: Number(n) })}
    </time>
  );
}

type Unit = 'day' | 'hour' | 'minute' | 'second' | 'now';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

function inWords(ageMs: number): string {
  for (const [unit, size] of UNITS) if (ageMs >= size) return `${unit} ${Math.floor(ageMs / size)}`;
  return 'now 0';
}

const standStill = () => () => undefined;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function onTick(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const listen of listeners) listen();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
