'use client';

import { useTranslations } from 'use-intl';
import { useView } from '#components/ui/use-view.ts';
import type { FleetSort as Sort } from '#lib/domain/inventory/fleet-filter.ts';
import { type FleetAddress, withQuestion } from '#lib/queries/inventory/fleet-address.ts';

const OFFERED: Sort[] = [
  'name',
  'status',
  'since',
  '-since',
  'room',
  'model',
  'firmware',
  'software',
  '-seen',
  'seen',
];

/** The order of the list, where there are no headers to press. */
export function FleetSort({ address }: { address: FleetAddress }) {
  const t = useTranslations('fleet');
  const view = useView();
  const { sort } = address.question;
  const offered = OFFERED.includes(sort) ? OFFERED : [...OFFERED, sort];
  return (
    <label className="flex min-w-0 items-center gap-2 lg:hidden">
      <span className="sr-only text-quiet sm:not-sr-only">{t('sortBy')}</span>
      <select
        value={sort}
        onChange={(event) => view.push(withQuestion(address, { sort: event.target.value as Sort }))}
        className="h-8 w-full min-w-0 rounded border border-line-strong bg-surface px-2 text-input md:text-base"
      >
        {offered.map((order) => (
          <option key={order} value={order}>
            {t(`orders.${order}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
