'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useMomentText } from './moment.tsx';

type Props = {
  /** When it was seen, ISO 8601 UTC: said on hover. */
  iso: string;
  /** Its age when the server answered; the reader's clock may be wrong, so ages never come from comparing clocks. */
  ageMs: number;
  /** When that answer reached this browser, by its own clock; null for what came with the page. */
  receivedAt: number | null;
};

/** "Seen 12 s ago", counting up. */
export function SeenAge(props: Props) {
  const say = useTranslations('device');
  const sayAge = useTranslations('age');
  const moment = useMomentText();
  const { unit, n } = ageIn(useAge(props));
  return (
    <time dateTime={props.iso} title={moment(props.iso)} className="whitespace-nowrap">
      {say('seen', { age: sayAge(unit, { n }) })}
      <span className="sr-only"> ({moment(props.iso)})</span>
    </time>
  );
}

/** The age now, in milliseconds, ticking once a second. */
function useAge({ ageMs, receivedAt, iso }: Props): number {
  const [now, setNow] = useState({ iso, ageMs });
  useEffect(() => {
    const base = ageMs + (receivedAt === null ? 0 : Math.max(0, Date.now() - receivedAt));
    const start = performance.now();
    const tick = () => setNow({ iso, ageMs: base + performance.now() - start });
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [ageMs, receivedAt, iso]);
  // Between a new answer and its first tick the old count is not shown for the new answer.
  return now.iso === iso ? now.ageMs : ageMs;
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** An age in the largest unit that fits, rounded down. */
function ageIn(ageMs: number): { unit: 'day' | 'hour' | 'minute' | 'second' | 'now'; n: number } {
  for (const [unit, size] of UNITS) if (ageMs >= size) return { unit, n: Math.floor(ageMs / size) };
  return { unit: 'now', n: 0 };
}
