'use client';

import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { buttonClass } from '#components/ui/button.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { ViewLink } from '#components/ui/view-link.tsx';

// Different widths, so that they read as text and not as a pattern.
const WIDTHS = ['w-3/5', 'w-2/5', 'w-1/2', 'w-1/3'];

/** Rows of the size of what is awaited. `rowClass` is the height of one, as the list has it. */
export function WaitingRows({ rows = 12, rowClass = 'h-8' }: { rows?: number; rowClass?: string }) {
  const t = useTranslations('list');
  return (
    <div>
      <p role="status" className="sr-only">
        {t('waiting')}
      </p>
      <div aria-hidden className="divide-y divide-line">
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike and never move
          <div key={row} className={`flex items-center gap-6 ${rowClass}`}>
            <div className={`h-4 rounded bg-sunken ${WIDTHS[row % WIDTHS.length]}`} />
            <div className="ml-auto h-4 w-16 rounded bg-sunken" />
          </div>
        ))}
      </div>
    </div>
  );
}

/** A list that has nothing yet: why, and the way on. */
export function EmptyList({ title, why, children }: { title: string; why: ReactNode; children?: ReactNode }) {
  return (
    <section className="border-line border-y py-10 text-center">
      <h2 className="font-semibold text-large">{title}</h2>
      <p className="mx-auto mt-1 max-w-[36rem] text-quiet">{why}</p>
      {children && <div className="mt-4 flex flex-wrap justify-center gap-2">{children}</div>}
    </section>
  );
}

/** Filters that leave nothing over; `cleared` is the view without them. */
export function NothingMatches({ why, cleared }: { why: ReactNode; cleared: URLSearchParams }) {
  const t = useTranslations('list');
  return (
    <EmptyList title={t('nothingMatches')} why={why}>
      <ViewLink to={cleared} className={buttonClass('primary')}>
        {t('clearFilters')}
      </ViewLink>
    </EmptyList>
  );
}

type Listed = {
  rows: readonly unknown[];
  error: Error | null;
  isFetching: boolean;
  refetch: () => unknown;
};

/** Why a list that is read page by page could not be read; its earlier rows stay. */
export function ListError({ query, className }: { query: Listed; className: string }) {
  const t = useTranslations('list');
  return (
    <QueryError
      className={className}
      error={query.error}
      stillShown={query.rows.length > 0 ? t('stillShown') : undefined}
      busy={query.isFetching}
      onRetry={() => void query.refetch()}
    />
  );
}
