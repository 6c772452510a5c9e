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

/** How finely the bar below the picture moves through time. */
const STEPS = 1_000;
const MOST_TICKS = 8;
/** Where the last word of the axis may begin, in percent: wide enough for it at 360 pixels. */
const LAST_WORD = 84;

type Props = { history: HistoryAnswer; figures: string };

/** States over time: a picture, a bar that moves through it, what is chosen in words, the legend and the table behind. */
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
      />
      <Axis line={line} />
      <label className="block">
        <span className="sr-only">{words.t('cursor')}</span>
        <input
          type="range"
          min={0}
          max={STEPS}
          value={Math.round((placeOf(line, at) / 100) * STEPS)}
          aria-valuetext={chosen && words.item(chosen)}
          onChange={({ currentTarget }) =>
            choose.at(line.from + (Number(currentTarget.value) / STEPS) * (line.to - line.from))
          }
          onKeyDown={choose.byKey}
          className="block h-6 w-full accent-accent"
        />
      </label>
      <p className="mt-1 min-h-10 font-medium">{chosen && words.item(chosen)}</p>
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-quiet">
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

/** Which piece of the timeline is told in words, and the ways to another one. */
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
    // From piece to piece: steps of equal length would pass over the short ones.
    event.preventDefault();
    item(line.items[step(line.items.indexOf(chosen))]);
  };
  return {
    chosen,
    at,
    choose: { item, byKey, at: (next: number) => setPointed({ at: next, item: itemAt(line, next, 0) }) },
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
          className="absolute inset-y-0 whitespace-nowrap border-line-strong border-l pl-1"
        >
          {/* A word that begins too near the end would be cut; on a narrow screen there is room for every other one. */}
          <span className={index % 2 ? 'max-sm:hidden' : undefined}>
            {placeOf(line, at) < LAST_WORD && (day ? words.day(at) : words.hour(at))}
          </span>
        </span>
      ))}
    </div>
  );
}
