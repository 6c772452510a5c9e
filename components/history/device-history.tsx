'use client';

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { useReader } from '#components/layout/reader-provider.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { UntilNew } from '#components/ui/until-new.tsx';
import { useView } from '#components/ui/use-view.ts';
import type { HistoryAnswer } from '#lib/api/history/history-answers.ts';
import { shownProblem } from '#lib/queries/fetch-json.ts';
import { deviceHistoryQuery } from '#lib/queries/history/device-history.ts';
import { namesHistoryView, readHistoryView } from '#lib/queries/history/history-address.ts';
import { MomentChooser } from './as-of/moment-chooser.tsx';
import { HistoryAlarms } from './history-alarms.tsx';
import { HistoryChanges, IN_CHART } from './history-changes.tsx';
import { HistorySkeleton } from './history-skeleton.tsx';
import { HistoryWindow } from './history-window.tsx';
import { LatestChanges } from './latest-changes.tsx';
import { TimelineFigure } from './timeline-figure.tsx';
import { useHistoryTexts } from './use-history-texts.ts';

type Props = {
  deviceId: string;
};

/** Less data coverage than this, and the last day is shown instead of the last week. */
const SPARSE_BELOW = 0.05;

const coverageOf = ({ uptime: { observedMs, windowMs } }: HistoryAnswer) => observedMs / windowMs;

/** The history of a device in the window that the address names. */
export function DeviceHistoryView({ deviceId }: Props) {
  const { t } = useHistoryTexts();
  const { params } = useView();
  const asked = useMemo(() => readHistoryView(params), [params]);
  const reader = useReader();
  const usual = useQuery(deviceHistoryQuery(reader, deviceId, asked));
  // A week of which almost nothing is known shows less than its last day, unless the reader chose the week.
  const isSparse =
    !namesHistoryView(params) && usual.data !== undefined && coverageOf(usual.data) < SPARSE_BELOW;
  const lastDay = useQuery({ ...deviceHistoryQuery(reader, deviceId, { days: 1 }), enabled: isSparse });
  const isLastDay = isSparse && lastDay.data !== undefined;
  const view = isLastDay ? { days: 1 } : asked;
  const { data, error, isFetching, isPlaceholderData, refetch } = isLastDay ? lastDay : usual;
  // The window is shown and only not the newest: the page's head says once for all sections that the server is out of
  // reach, and the query is repeated when it is back.
  const isHeardElsewhere =
    error !== null &&
    data !== undefined &&
    !isPlaceholderData &&
    shownProblem(error).reason === 'desk-unreachable.no-answer';
  return (
    <HistorySection window={<HistoryWindow shown={view} />}>
      {error && !isHeardElsewhere && (
        <QueryError
          className="mb-3"
          error={error}
          stillShown={data && t('stillShown')}
          busy={isFetching}
          onRetry={() => void refetch()}
        />
      )}
      {!data && !error && <HistorySkeleton />}
      {data && (
        <UntilNew isOld={isPlaceholderData}>
          <History history={data} />
        </UntilNew>
      )}
      <MomentChooser />
    </HistorySection>
  );
}

function HistorySection({ window, children }: { window: ReactNode; children: ReactNode }) {
  const { t } = useHistoryTexts();
  return (
    <section aria-label={t('title')} className="card mt-2 min-w-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-line border-b px-4 py-2">
        <h2 className="font-semibold text-section">{t('title')}</h2>
        {window}
      </div>
      <div className="px-4 py-3">{children}</div>
    </section>
  );
}

function History({ history }: { history: HistoryAnswer }) {
  const words = useHistoryTexts();
  const { t } = words;
  const figures = words.figures(history.uptime);
  const nothing = history.uptime.observedMs === 0 && history.moments.length === 0;
  return (
    <>
      {nothing ? (
        <div className="hatched border-line border-y px-4 py-8 text-center">
          <p className="font-semibold">{t('none.title')}</p>
          <p className="mx-auto mt-1 max-w-[36rem] text-quiet">{t('none.why')}</p>
        </div>
      ) : (
        <TimelineFigure history={history} figures={figures} />
      )}
      <LatestChanges history={history} />
      <details className="mt-2">
        <summary className="w-fit text-accent">
          {t('details', {
            changes: history.changes.filter(({ field }) => !IN_CHART.has(field)).length,
            alarms: history.alarms.length,
          })}
        </summary>
        <div className="mt-2 grid gap-x-10 gap-y-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <HistoryChanges history={history} />
          <HistoryAlarms history={history} />
        </div>
      </details>
    </>
  );
}
