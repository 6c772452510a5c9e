'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';
import { useMomentText } from './moment.tsx';

type Props = {
  answer: {
    /** When it was seen, ISO 8601 UTC: said on hover. */
    observedAt: string;
    /** Its age when the server answered; the reader's clock may be wrong, so ages never come from comparing clocks. */
    ageMs: number;
    /** When that answer reached this browser, by its own clock; absent for what came with the page. */
    receivedAt?: number;
  };
  /** Whether we looked or were told. */
  how?: 'seen' | 'event';
};

/** "Seen 12 s ago", counting up. */
export function SeenAge({ answer, how = 'seen' }: Props) {
  const t = useTranslations('device');
  const ago = useAgo();
  const moment = useMomentText();
  const age = ago(useAge(answer));
  return (
    <time dateTime={answer.observedAt} title={moment(answer.observedAt)} className="whitespace-nowrap">
      {t(how, { age })}
      <span className="sr-only"> ({moment(answer.observedAt)})</span>
    </time>
  );
}

/** The age now, in milliseconds, ticking once a second. */
export function useAge(answer: Props['answer']): number {
  const [now, setNow] = useState({ answer, ageMs: answer.ageMs });
  useEffect(() => {
    const base = ageNow(answer);
    const start = performance.now();
    const tick = () => setNow({ answer, ageMs: base + performance.now() - start });
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [answer]);
  // Between a new answer and its first tick the old count is not shown for the new answer.
  return now.answer === answer ? now.ageMs : answer.ageMs;
}

/** The age at this moment, in milliseconds. */
export function ageNow(answer: Props['answer']): number {
  const received = answer.receivedAt ?? firstSeenAt(answer);
  return answer.ageMs + Math.max(0, Date.now() - received);
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** An age in words. */
export function useAgo(): (ms: number) => string {
  const t = useTranslations('age');
  return (ms) => {
    const { unit, n } = ageIn(ms);
    return t(unit, { n });
  };
}

/** An age in the largest unit that fits, rounded down. */
function ageIn(ageMs: number): { unit: 'day' | 'hour' | 'minute' | 'second' | 'now'; n: number } {
  for (const [unit, size] of UNITS) if (ageMs >= size) return { unit, n: Math.floor(ageMs / size) };
  return { unit: 'now', n: 0 };
}
