'use client';

import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useMomentText } from '#components/ui/moment.tsx';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';

const TICK_MS = 5_000;

/** When the server answered, ISO 8601 UTC, and when that reached this browser, by its own clock. */
type Answer = { at: string; receivedAt?: number };

const NowContext = createContext(0);

/** The server's time, counted on from its answer: the reader's clock may be wrong, so it only counts. */
export function ServerNow({ answer, children }: { answer: Answer; children: ReactNode }) {
  const [now, setNow] = useState({ answer, at: Date.parse(answer.at) });
  useEffect(() => {
    const received = answer.receivedAt ?? firstSeenAt(answer);
    const tick = () => setNow({ answer, at: Date.parse(answer.at) + Math.max(0, Date.now() - received) });
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [answer]);
  return <NowContext value={now.answer === answer ? now.at : Date.parse(answer.at)}>{children}</NowContext>;
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** A moment told from now: "3 min ago", "in 2 h" (or `past` once it is over), with the moment itself on hover and for those who hear the page. */
export function When({ iso, past }: { iso: string; past?: string }) {
  const now = useContext(NowContext);
  const ago = useTranslations('age');
  const ahead = useTranslations('admin.in');
  const moment = useMomentText();
  const distance = Date.parse(iso) - now;
  const [unit, size] = UNITS.find(([, each]) => Math.abs(distance) >= each) ?? ['now', 1];
  const n = Math.floor(Math.abs(distance) / size);
  return (
    <time dateTime={iso} title={moment(iso)} className="whitespace-nowrap">
      {distance > 0 ? ahead(unit, { n }) : (past ?? ago(unit, { n }))}
      <span className="sr-only"> ({moment(iso)})</span>
    </time>
  );
}
