'use client';

import { useFormatter, useTranslations } from 'use-intl';
import type { OverviewAnswer } from '#lib/api/inventory/overview-answers.ts';

const [WIDTH, HEIGHT, MARGIN] = [420, 40, 3];
const DAY_MS = 24 * 60 * 60_000;

type Props = { trend: OverviewAnswer['trend']; label: string };

/** How many devices needed attention in the last 24 hours, as a line that a text and a table describe. */
export function Trend({ trend, label }: Props) {
  const t = useTranslations('overview');
  const format = useFormatter();
  const values = trend.map(({ attention }) => attention);
  const most = Math.max(...values, 1);
  const end = Date.parse(trend.at(-1)?.at ?? '');
  const points = trend.map(({ at, attention }) => ({
    at,
    attention,
    x: MARGIN + (1 - (end - Date.parse(at)) / DAY_MS) * (WIDTH - 2 * MARGIN),
    y: HEIGHT - MARGIN - (attention / most) * (HEIGHT - 2 * MARGIN),
  }));
  const time = (at: string) => format.dateTime(new Date(at), { hour: '2-digit', minute: '2-digit' });
  return (
    <figure className="flex min-w-0 items-center gap-3 max-md:hidden">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={t('trendText', { least: Math.min(...values), most, now: values.at(-1) ?? 0 })}
        className="min-w-0 text-critical"
      >
        <line
          x1={0}
          x2={WIDTH}
          y1={HEIGHT - 0.5}
          y2={HEIGHT - 0.5}
          stroke="currentColor"
          className="text-line"
        />
        <polyline
          points={points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}
          fill="none"
          stroke="currentColor"
          strokeWidth={2}
          strokeLinejoin="round"
        />
        {points.map(({ at, attention, x, y }) => (
          <circle key={at} cx={x} cy={y} r={6} fill="transparent">
            <title>{t('trendPoint', { time: time(at), n: attention })}</title>
          </circle>
        ))}
      </svg>
      <figcaption className="text-quiet text-small">{label}</figcaption>
    </figure>
  );
}
