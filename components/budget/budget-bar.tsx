'use client';

import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { Patterns, Piece, Swatch } from '#components/diagnostics/pattern.tsx';
import type { ServiceAnswer } from '#lib/api/diagnostics/system-answers.ts';

const WIDTH = 1_000;
const HEIGHT = 20;

/** The month's calls in one bar: spent, left for the desk, kept for people. */
export function BudgetBar({ budget }: { budget: ServiceAnswer['budget'] }) {
  const t = useTranslations('admin.budget');
  const id = useId();
  const parts = partsOf(budget);
  const whole = Math.max(1, budget.limit, budget.spent);
  let x = 0;
  return (
    <>
      <svg
        role="img"
        aria-labelledby={`${id}-title ${id}-desc`}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="block h-5 w-full"
      >
        <title id={`${id}-title`}>{t('barTitle')}</title>
        <desc id={`${id}-desc`}>{parts.map(({ fill, calls }) => t(fill, { calls })).join(', ')}</desc>
        <Patterns id={id} />
        {parts.map(({ fill, calls }) => {
          const width = (calls / whole) * WIDTH;
          x += width;
          return <Piece key={fill} id={id} fill={fill} x={x - width} y={0} width={width} height={HEIGHT} />;
        })}
      </svg>
      <ul className="mt-2 flex flex-wrap gap-x-6 gap-y-1">
        {parts.map(({ fill, calls }) => (
          <li key={fill} className="flex items-center gap-2">
            <Swatch id={id} fill={fill} />
            {t(fill, { calls })}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What is kept for people comes last: the desk stops before it, people go on into it. */
function partsOf({ limit, reserve, spent, left }: ServiceAnswer['budget']) {
  const kept = Math.min(reserve, left);
  return [
    { fill: 'spent', calls: Math.min(spent, Math.max(limit, spent)) },
    { fill: 'free', calls: left - kept },
    { fill: 'kept', calls: kept },
  ] as const;
}
