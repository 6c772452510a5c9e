'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'use-intl';
import type { OverviewAnswer } from '#lib/api/inventory/overview-answers.ts';
import { NOT_SAID } from '#lib/domain/inventory/fleet-filter.ts';

const PARTS = [
  { key: 'critical', issue: '(critical)', colour: 'bg-critical' },
  { key: 'warning', issue: '(warning)', colour: 'bg-warning' },
  { key: 'info', issue: '(info)', colour: 'bg-info' },
  { key: 'healthy', issue: NOT_SAID, colour: 'bg-idle' },
] as const;

/** All devices by their most severe issue: a legend of links and a bar. */
export function SeverityBar({ overview }: { overview: OverviewAnswer }) {
  const t = useTranslations('overview');
  const format = useFormatter();
  const { known, critical, warning, info } = overview;
  const counts = { critical, warning, info, healthy: Math.max(0, known - critical - warning - info) };
  return (
    <>
      <ul className="flex flex-wrap gap-x-1 px-2 pb-2">
        {PARTS.map(({ key, issue, colour }) => (
          <li key={key}>
            <Link
              href={`/devices?${new URLSearchParams({ issue })}`}
              prefetch={false}
              className="inline-flex min-h-7 items-center gap-1.5 rounded px-2 text-text no-underline hover:bg-sunken"
            >
              <span
                aria-hidden
                className={`size-2 rounded-full forced-colors:border ${counts[key] > 0 ? colour : 'bg-line-strong'}`}
              />
              <span className="font-semibold">{format.number(counts[key])}</span>
              <span className="text-quiet">{t(`severity.${key}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <div aria-hidden className="flex h-2 gap-px bg-sunken">
        {PARTS.map(({ key, colour }) => (
          <span key={key} className={`${colour} forced-colors:border`} style={{ flexGrow: counts[key] }} />
        ))}
      </div>
    </>
  );
}
