'use client';

import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import type { HistoryAnswer } from '#lib/api/history/history-answers.ts';
import { axisTicks } from '#lib/domain/history/axis-ticks.ts';
import {
  itemAt,
  placeOf,
  type Timeline,
  type TimelineItem,
  timelineOf,
} from '#lib/domain/history/timeline.ts';
import { HistoryTable } from './history-table.tsx';
import { StateSwatch } from './status-pattern.tsx';
import { TimelinePicture } from './timeline-picture.tsx';
import { useHistoryTexts } from './use-history-texts.ts';

const MOST_TICKS = 8;
/** From here on, in percent, a label stands left of its tick: it has no room at the right, also at 360 pixels. */
const LAST_LABEL = 84;

type Props = { history: HistoryAnswer; figures: string };

/** Status over time: a chart that arrow keys and the pointer move through, the chosen span in words, a legend and a table. */
export function TimelineFigure({ history, figures }: Props) {
  const words = useHistoryTexts();
  const id = useId();
  const line = useMemo(() => timelineOf(history), [history]);
  const { chosen, at, choose } = useChosen(line);
  const description = words.t('pictureOf', {
    from: words.time(line.from),
    to: words.time(line.to),
    figures,
  });
  return (
    <figure>
      <TimelinePicture
        id={id}
        line={line}
        title={words.t('picture')}
        description={description}
        chosen={chosen}
        onPoint={choose.item}
        cursor={{
          label: words.t('cursor'),
          value: Math.round(placeOf(line, at)),
          text: chosen ? words.item(chosen) : '',
          onKeyDown: choose.byKey,
        }}
      />
      <Axis line={line} />
      <div className="mt-1 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <p className="min-h-5 min-w-0 font-medium">{chosen && words.item(chosen)}</p>
        <p className="text-quiet">{figures}</p>
      </div>
      <ul className="mt-1 flex flex-wrap gap-x-5 gap-y-1 text-quiet text-small">
        {line.lasted.map(({ state, ms }) => (
          <li key={state} className="flex items-center gap-2">
            <StateSwatch id={id} state={state} />
            {words.lasted(state, ms, line.to - line.from)}
          </li>
        ))}
      </ul>
      <HistoryTable line={line} />
    </figure>
  );
}

/** The span of the timeline that is described in words, and how to choose another one. */
function useChosen(line: Timeline) {
  const [pointed, setPointed] = useState<{ at: number; item: TimelineItem | undefined } | null>(null);
  const at = pointed?.at ?? line.to;
  // A new answer has other pieces: what lies at that moment now is chosen.
  const kept = pointed?.item && line.items.includes(pointed.item) ? pointed.item : undefined;
  const chosen = kept ?? itemAt(line, at, 0);
  const item = (next: TimelineItem | undefined) => {
    if (next) setPointed({ at: (next.from + next.to) / 2, item: next });
  };
  const steps: Record<string, (index: number) => number> = {
    ArrowLeft: (index) => index - 1,
    ArrowDown: (index) => index - 1,
    ArrowRight: (index) => index + 1,
    ArrowUp: (index) => index + 1,
    Home: () => 0,
    End: () => line.items.length - 1,
  };
  const byKey = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (!step || !chosen) return;
    // From span to span: steps of equal length would pass over the short ones.
    event.preventDefault();
    item(line.items[step(line.items.indexOf(chosen))]);
  };
  return {
    chosen,
    at,
    choose: { item, byKey },
  };
}

function Axis({ line }: { line: Timeline }) {
  const words = useHistoryTexts();
  const ticks = useMemo(() => axisTicks(line.from, line.to, MOST_TICKS), [line]);
  return (
    <div aria-hidden className="relative h-5 overflow-hidden text-quiet text-small">
      {ticks.map(({ at, day }, index) => (
        <span
          key={at}
          style={{ left: `${placeOf(line, at)}%` }}
          className="absolute inset-y-0 whitespace-nowrap border-line-strong border-l"
        >
          {/* On a narrow screen there is room for every other label. */}
          <span
            className={`${index % 2 ? 'max-sm:hidden' : ''} ${placeOf(line, at) < LAST_LABEL ? 'pl-1' : 'absolute right-0 pr-1'}`}
          >
            {day ? words.day(at) : words.hour(at)}
          </span>
        </span>
      ))}
    </div>
  );
}
