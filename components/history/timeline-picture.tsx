'use client';

import { type KeyboardEvent, memo, type PointerEvent } from 'react';
import { itemAt, placeOf, type Timeline, type TimelineItem } from '#lib/domain/history/timeline.ts';
import type { FleetState } from '#lib/domain/inventory/fleet.ts';
import { STATUS_STYLE } from './status-icon.tsx';
import { StatePatterns } from './status-pattern.tsx';

/** How near the pointer must come to a moment, which is a line, in pixels. */
const NEAR_PX = 5;
/** Drawn last, so that a short one is not hidden by its neighbours. */
const ON_TOP: FleetState[] = ['offline', 'removed'];

/** From where to where stretches reach, below the heads of the ticks. */
const SIZE = {
  full: { box: 'h-12', top: 6, bottom: 48 },
  thin: { box: 'h-5', top: 4, bottom: 20 },
};

type Size = keyof typeof SIZE;

const percent = (place: number) => `${place.toFixed(3)}%`;

type Props = {
  id: string;
  line: Timeline;
  title: string;
  description: string;
  size?: Size;
  chosen?: TimelineItem | undefined;
  onPoint?: (item: TimelineItem | undefined) => void;
  /** Set where arrow keys move through the chart; `value` is a place in percent, `text` describes what is there. */
  cursor?: { label: string; value: number; text: string; onKeyDown: (event: KeyboardEvent) => void };
};

/** States over time as stretches in their patterns, and moments as ticks. Measured in pixels, so that no pattern is stretched. */
export function TimelinePicture({
  id,
  line,
  title,
  description,
  size = 'full',
  chosen,
  onPoint,
  cursor,
}: Props) {
  const point = ({ currentTarget, clientX }: PointerEvent<SVGSVGElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const msPerPx = (line.to - line.from) / width;
    onPoint?.(itemAt(line, line.from + (clientX - left) * msPerPx, NEAR_PX * msPerPx));
  };
  const picture = (
    <svg
      role="img"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-description`}
      className={`block w-full border-line-strong border-b ${SIZE[size].box}`}
      onPointerMove={point}
      onPointerDown={point}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-description`}>{description}</desc>
      <StatePatterns id={id} states={line.lasted.map(({ state }) => state)} />
      <Items id={id} line={line} size={size} />
      {chosen && <Chosen line={line} item={chosen} />}
    </svg>
  );
  if (!cursor) return picture;
  return (
    <div className="relative">
      {picture}
      <div
        role="slider"
        tabIndex={0}
        aria-label={cursor.label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={cursor.value}
        aria-valuetext={cursor.text}
        onKeyDown={cursor.onKeyDown}
        className="pointer-events-none absolute inset-0"
      />
    </div>
  );
}

/** Drawn anew when the history is another, not with each move over it. */
const Items = memo(function Items({ id, line, size }: { id: string; line: Timeline; size: Size }) {
  const { top, bottom } = SIZE[size];
  const stretches = line.items.filter(({ from, to }) => to > from);
  const isOnTop = ({ state }: TimelineItem) => ON_TOP.includes(state);
  const inOrder = [...stretches.filter((item) => !isOnTop(item)), ...stretches.filter(isOnTop)];
  return (
    <>
      {inOrder.map((item) => (
        <rect
          key={`${item.from} ${item.state}`}
          {...extent(line, item)}
          y={top}
          height={bottom - top}
          fill={`url(#${id}-${item.state})`}
          // Minutes of a month are less than a pixel: an edge keeps trouble in sight.
          stroke={isOnTop(item) ? 'currentColor' : 'none'}
          className={STATUS_STYLE[item.state].colour}
        />
      ))}
      {line.items
        .filter(({ from, to }) => from === to)
        .map(({ from, state }) => (
          <g key={`${from} ${state}`} stroke="currentColor" className={STATUS_STYLE[state].colour}>
            <line
              x1={percent(placeOf(line, from))}
              x2={percent(placeOf(line, from))}
              y1={top}
              y2={bottom}
              strokeWidth="2"
            />
            <circle
              cx={percent(placeOf(line, from))}
              cy={top - 2}
              r="2"
              fill={ON_TOP.includes(state) ? 'currentColor' : 'none'}
            />
          </g>
        ))}
    </>
  );
});

/** Where a piece lies and how wide it is. Browsers draw nothing of a width of nothing. */
function extent(line: Timeline, { from, to }: TimelineItem) {
  const x = placeOf(line, from);
  return { x: percent(x), width: percent(Math.max(0.01, placeOf(line, to) - x)) };
}

function Chosen({ line, item }: { line: Timeline; item: TimelineItem }) {
  return (
    <rect {...extent(line, item)} y="1" height="46" fill="none" strokeWidth="2" className="stroke-text" />
  );
}
