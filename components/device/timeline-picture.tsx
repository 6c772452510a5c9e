'use client';

import { memo, type PointerEvent } from 'react';
import type { FleetState } from '#lib/domain/fleet.ts';
import { itemAt, placeOf, type Timeline, type TimelineItem } from '#lib/domain/timeline.ts';
import { STATE_LOOK } from './state-icon.tsx';
import { StatePatterns } from './state-pattern.tsx';

/** How near the pointer must come to a moment, which is a line, in pixels. */
const NEAR_PX = 5;
/** Drawn last, so that a short one is not hidden by its neighbours. */
const ON_TOP: FleetState[] = ['offline', 'gone'];

const percent = (place: number) => `${place.toFixed(3)}%`;

type Props = {
  id: string;
  line: Timeline;
  title: string;
  description: string;
  chosen: TimelineItem | undefined;
  onPoint: (item: TimelineItem | undefined) => void;
};

/** States over time as stretches in their patterns, and moments as ticks. Measured in pixels, so that no pattern is stretched. */
export function TimelinePicture({ id, line, title, description, chosen, onPoint }: Props) {
  const point = ({ currentTarget, clientX }: PointerEvent<SVGSVGElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const msPerPx = (line.to - line.from) / width;
    onPoint(itemAt(line, line.from + (clientX - left) * msPerPx, NEAR_PX * msPerPx));
  };
  return (
    <svg
      role="img"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-description`}
      className="block h-12 w-full border-line-strong border-b"
      onPointerMove={point}
      onPointerDown={point}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-description`}>{description}</desc>
      <StatePatterns id={id} states={line.lasted.map(({ state }) => state)} />
      <Items id={id} line={line} />
      {chosen && <Chosen line={line} item={chosen} />}
    </svg>
  );
}

/** Drawn anew when the history is another, not with each move over it. */
const Items = memo(function Items({ id, line }: { id: string; line: Timeline }) {
  const stretches = line.items.filter(({ from, to }) => to > from);
  const isOnTop = ({ state }: TimelineItem) => ON_TOP.includes(state);
  const inOrder = [...stretches.filter((item) => !isOnTop(item)), ...stretches.filter(isOnTop)];
  return (
    <>
      {inOrder.map((item) => (
        <rect
          key={`${item.from} ${item.state}`}
          x={percent(placeOf(line, item.from))}
          y="6"
          width={percent(placeOf(line, item.to) - placeOf(line, item.from))}
          height="42"
          fill={`url(#${id}-${item.state})`}
          // Minutes of a month are less than a pixel: an edge keeps trouble in sight.
          stroke={isOnTop(item) ? 'currentColor' : 'none'}
          className={STATE_LOOK[item.state].colour}
        />
      ))}
      {line.items
        .filter(({ from, to }) => from === to)
        .map(({ from, state }) => (
          <g key={`${from} ${state}`} stroke="currentColor" className={STATE_LOOK[state].colour}>
            <line
              x1={percent(placeOf(line, from))}
              x2={percent(placeOf(line, from))}
              y1="6"
              y2="48"
              strokeWidth="2"
            />
            <circle
              cx={percent(placeOf(line, from))}
              cy="4"
              r="2.5"
              fill={ON_TOP.includes(state) ? 'currentColor' : 'none'}
            />
          </g>
        ))}
    </>
  );
});

function Chosen({ line, item }: { line: Timeline; item: TimelineItem }) {
  const from = placeOf(line, item.from);
  return (
    <rect
      x={percent(from)}
      y="1"
      width={percent(placeOf(line, item.to) - from)}
      height="46"
      fill="none"
      strokeWidth="2"
      className="stroke-text"
    />
  );
}
