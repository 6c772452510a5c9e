'use client';

import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { buttonClass } from '#components/ui/button.tsx';
import { ViewLink } from '#components/ui/view-link.tsx';
import type { UnreadFilter } from '#lib/domain/inventory/unknown-filter.ts';

/** More of them say nothing more. */
const SHOWN = 5;

type Props = {
  filters: UnreadFilter[];
  /** The view without them. */
  without: URLSearchParams;
};

/** Says which parts of the address the list does not apply, and leads to the same view without them. */
export function UnreadFilters({ filters, without }: Props) {
  const t = useTranslations('list.unread');
  if (filters.length === 0) return null;
  const n = filters.length;
  return (
    <section
      aria-label={t('title', { n })}
      className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-y py-2"
    >
      <TriangleAlert aria-hidden className="size-4 shrink-0 text-quiet" />
      <div className="min-w-0 flex-[1_1_16rem]">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium">{t('title', { n })}</span>
          {filters.slice(0, SHOWN).map(({ name, value }) => (
            <code
              key={`${name}=${value}`}
              className="device-text line-clamp-1 max-w-72 break-all rounded bg-sunken px-1.5"
            >
              {name}={value}
            </code>
          ))}
        </p>
        <p className="text-quiet text-small">{t('why', { n })}</p>
      </div>
      <ViewLink to={without} className={buttonClass('plain')}>
        {t('remove', { n })}
      </ViewLink>
    </section>
  );
}
