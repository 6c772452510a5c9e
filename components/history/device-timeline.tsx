'use client';

import { useQuery } from '@tanstack/react-query';
import { useId, useMemo } from 'react';
import { useReader } from '#components/layout/reader-provider.tsx';
import { useErrorTexts } from '#components/ui/problem-panel.tsx';
import { USUAL_DAYS } from '#lib/domain/history/history-window.ts';
import { timelineOf } from '#lib/domain/history/timeline.ts';
import { shownProblem } from '#lib/queries/fetch-json.ts';
import { deviceHistoryQuery } from '#lib/queries/history/device-history.ts';
import { TimelinePicture } from './timeline-picture.tsx';
import { useHistoryTexts } from './use-history-texts.ts';

type Props = {
  deviceId: string;
  name: string;
};

/** How a device was in the last days, on one line: the picture, and its sums in words. Always of the same height. */
export function UnitTimeline({ deviceId, name }: Props) {
  const words = useHistoryTexts();
  const problemTexts = useErrorTexts();
  const id = useId();
  const { data, error } = useQuery(deviceHistoryQuery(useReader(), deviceId, { days: USUAL_DAYS }));
  const line = useMemo(() => data && timelineOf(data), [data]);
  if (!data || !line) {
    return (
      <p className="min-h-10 text-quiet text-small">
        {error ? problemTexts(shownProblem(error)).title : words.t('waiting')}
      </p>
    );
  }
  const lasted = line.lasted.map(({ state, ms }) => words.lasted(state, ms, line.to - line.from));
  return (
    <div className="min-h-10 min-w-0">
      <TimelinePicture
        id={id}
        line={line}
        size="thin"
        title={words.t('pictureFor', { name })}
        description={lasted.join('; ')}
      />
      <p className="text-quiet text-small">{words.figures(data.uptime)}</p>
    </div>
  );
}
