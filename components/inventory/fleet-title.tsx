'use client';

import { useTranslations } from 'use-intl';
import type { FleetAnswer } from '#lib/api/inventory/fleet-answers.ts';
import type { FleetQuestion } from '#lib/domain/inventory/fleet-filter.ts';
import { isNarrowed } from '#lib/queries/inventory/fleet-address.ts';

type Props = { answer: FleetAnswer | undefined; question: FleetQuestion };

/** What the page is and how much of it is shown; said again when filters change it. */
export function FleetTitle({ answer, question }: Props) {
  const t = useTranslations('fleet');
  return (
    <h1 className="font-semibold text-title" aria-live="polite">
      {answer ? titleOf(answer, question, t) : t('title')}
    </h1>
  );
}

function titleOf(
  { total, known }: FleetAnswer,
  question: FleetQuestion,
  t: ReturnType<typeof useTranslations<'fleet'>>,
) {
  // Gone devices are not among the known, so with them there is no "of".
  const withRemoved = question.facets.status.includes('removed');
  return isNarrowed(question) && !withRemoved ? t('countOf', { n: total, known }) : t('count', { n: total });
}
