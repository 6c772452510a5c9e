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
import { readHistoryView } from '#lib/queries/history/history-address.ts';
import { MomentChooser } from './as-of/moment-chooser.tsx';
import { HistoryAlarms } from './history-alarms.tsx';
import { HistoryChanges } from './history-changes.tsx';
import { HistorySkeleton } from './history-skeleton.tsx';
import { HistoryWindow } from './history-window.tsx';
import { TimelineFigure } from './timeline-figure.tsx';
import { useHistoryTexts } from './use-history-texts.ts';

type Props = {
  deviceId: string;
};

/** A device over time: asks for the window that the address names, and shows whichever of its states there is. */
export function DeviceHistoryView({ deviceId }: Props) {
  const { t } = useHistoryTexts();
  const { params } = useView();
  const view = useMemo(() => readHistoryView(params), [params]);
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(
    deviceHistoryQuery(useReader(), deviceId, view),
  );
  // The window that was asked for is there and only not the newest: that the desk is away the page's head says once for
  // all, and the question is asked again when it is back.
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
    <section aria-label={t('title')} className="min-w-0 border-line border-t py-4">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 className="font-semibold text-quiet text-small">{t('title')}</h2>
        {window}
      </div>
      {children}
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
        <>
          <p className="mb-2 font-medium">{figures}</p>
          <TimelineFigure history={history} figures={figures} />
        </>
      )}
      <div className="mt-4 grid gap-x-10 gap-y-4 border-line border-t pt-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <HistoryChanges history={history} />
        <HistoryAlarms history={history} />
      </div>
    </>
  );
}
