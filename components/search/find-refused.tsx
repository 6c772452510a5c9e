'use client';

import { useTranslations } from 'use-intl';
import { MAX_QUERY_LENGTH } from '#lib/domain/inventory/fleet-filter.ts';
import { asksToChoose, type Find } from './use-find.ts';

type Props = { id: string; find: Find; className?: string; hint?: string };

/** The line below the box: what it takes, or why Enter led nowhere. */
export function FindRefused({ id, find, className = '', hint = '' }: Props) {
  const t = useTranslations('search');
  const { refusal } = find;
  const says = refusal === 'nothing' || refusal === 'foreign-link' ? null : refusal;
  const quiet = says === null || asksToChoose(says);
  if (says === null && hint === '') return <p id={`${id}-hint`} className="sr-only" />;
  return (
    <p
      id={`${id}-hint`}
      role={quiet ? undefined : 'alert'}
      className={`${className} ${quiet ? 'text-quiet' : 'font-medium'}`}
    >
      {says ? t(`refused.${says}`, { max: MAX_QUERY_LENGTH }) : hint}
    </p>
  );
}
