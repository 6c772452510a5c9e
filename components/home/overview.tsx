'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'use-intl';
import { LastKnownNotice } from '#components/diagnostics/last-known-notice.tsx';
import { useReader } from '#components/layout/reader-provider.tsx';
import { ShortAge } from '#components/ui/short-age.tsx';
import type { OverviewAnswer } from '#lib/api/inventory/overview-answers.ts';
import type { PinsAndRecents } from '#lib/api/search/search-answers.ts';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';
import { overviewQuery } from '#lib/queries/inventory/overview.ts';
import { useFromPage } from '#lib/queries/use-from-page.ts';
import { AffectedDevices } from './affected-devices.tsx';
import { CommonCard } from './common-card.tsx';
import { PinsAndRecentsCards } from './pins-and-recents-cards.tsx';
import { SeverityBar } from './severity-bar.tsx';
import { Trend } from './trend.tsx';

type Props = { overview: OverviewAnswer; pinsAndRecents: PinsAndRecents };

/** How the devices are: how many need attention, which ones, what they have in common, and the way to the reader's own. */
export function Overview({ overview, pinsAndRecents }: Props) {
  const { data } = useFromPage(overviewQuery(useReader()), overview);
  return (
    <>
      <Headline overview={data} />
      {(data.lastKnown > 0 || data.events.transport === 'off') && <LastKnownNotice events={data.events} />}
      <div className="mt-4 grid gap-4 lg:grid-cols-[minmax(0,1fr)_25rem]">
        <AffectedDevices overview={data} />
        <div className="grid min-w-0 content-start gap-4">
          <CommonCard common={data.common} />
          <PinsAndRecentsCards pinsAndRecents={pinsAndRecents} />
        </div>
      </div>
    </>
  );
}

function Headline({ overview }: { overview: OverviewAnswer }) {
  const t = useTranslations('overview');
  const format = useFormatter();
  const { known, critical, warning, offline, updated, trend } = overview;
  const attention = critical + warning;
  return (
    <section aria-labelledby="attention" className="card mt-4 overflow-hidden">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 pt-4 pb-3">
        <div className="min-w-0">
          <h1 id="attention" className="font-semibold text-large sm:text-display">
            {attention === 0
              ? t('none', { known })
              : t.rich('headline', {
                  n: attention,
                  known,
                  number: (text) => (
                    <span className={critical > 0 ? 'text-critical' : 'text-warning'}>{text}</span>
                  ),
                })}
          </h1>
          <p className="mt-0.5 text-quiet">
            <Link href="/devices?status=offline" prefetch={false} className="text-quiet hover:text-text">
              {t('offline', { n: offline })}
            </Link>
            {overview.lastKnown > 0 && (
              <>
                {' · '}
                <Link
                  href="/devices?status=last-known"
                  prefetch={false}
                  className="text-quiet hover:text-text"
                >
                  {t('lastKnown', { n: overview.lastKnown })}
                </Link>
              </>
            )}
            {' · '}
            {updated
              ? t.rich('updated', {
                  age: () => (
                    <ShortAge
                      as="age"
                      at={updated.at}
                      ageMs={updated.ageMs}
                      receivedAt={firstSeenAt(overview)}
                    />
                  ),
                })
              : t('neverUpdated')}
          </p>
        </div>
        {isLongEnough(trend) && <Trend trend={trend} label={t('trend', { known: format.number(known) })} />}
      </div>
      <SeverityBar overview={overview} />
    </section>
  );
}

/** A line of two points says nothing. */
const isLongEnough = (trend: OverviewAnswer['trend']) =>
  Date.parse(trend.at(-1)?.at ?? '') - Date.parse(trend[0]?.at ?? '') >= 30 * 60_000;
