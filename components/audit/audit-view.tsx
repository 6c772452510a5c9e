'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useReader } from '#components/layout/reader-provider.tsx';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { FilterBox } from '#components/ui/list/filter-box.tsx';
import { FilterTexts } from '#components/ui/list/filter-texts.tsx';
import { EmptyList, ListError, NothingMatches, WaitingRows } from '#components/ui/list/list-states.tsx';
import { MoreRows } from '#components/ui/list/more-rows.tsx';
import { UntilNew } from '#components/ui/until-new.tsx';
import { useView } from '#components/ui/use-view.ts';
import type { AuditAnswer } from '#lib/api/audit/audit-answers.ts';
import { type AuditFilter, auditParams, readAuditFilter } from '#lib/domain/audit/audit-filter.ts';
import { auditCsvPath, auditQuery } from '#lib/queries/audit/audit.ts';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';
import { AuditChoices } from './audit-choices.tsx';
import { AuditRow } from './audit-row.tsx';
import { useFilterTexts } from './use-filter-words.ts';

type Props = {
  /** What the server answered when it drew the page, and to which view. */
  first: { view: string; answer: AuditAnswer };
};

const NOTHING_CHOSEN = new URLSearchParams();

/** Who did what, when, from where and how it ended: the view that the address names, in whichever state it is. */
export function AuditView({ first }: Props) {
  const t = useTranslations('audit');
  const view = useView();
  const filter = useMemo(() => readAuditFilter(view.params), [view.params]);
  const query = useAudit(filter, first);
  const words = useFilterTexts(filter);
  const total = query.data?.pages.at(-1)?.total ?? 0;
  const narrowed = auditParams(filter).size > 0;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 className="font-semibold text-title">{t('title')}</h1>
        <div className="flex flex-wrap items-center gap-2">
          <Button aria-disabled={query.isFetching} onClick={() => query.isFetching || void query.refetch()}>
            {t('refresh')}
          </Button>
          {total > 0 && (
            <a href={auditCsvPath(filter)} download className={buttonClass()} title={t('csvWhy')}>
              <Download aria-hidden className="size-4" />
              {t('csv')}
            </a>
          )}
        </div>
      </div>
      <p className="mt-1 max-w-[48rem] text-quiet">{t('why')}</p>
      <div className="mt-4 space-y-3">
        <FilterBox
          label={t('find')}
          value={filter.text}
          onChange={(text) => view.replace(auditParams({ ...filter, text }))}
        />
        <AuditChoices filter={filter} />
        <FilterTexts words={words} cleared={NOTHING_CHOSEN} />
      </div>
      <ListError query={query} className="mt-4" />
      <div className="mt-4" aria-busy={query.isPlaceholderData}>
        {query.isPending && <WaitingRows />}
        {query.data && total === 0 && narrowed && (
          <NothingMatches why={t('nothingMatchesWhy')} cleared={NOTHING_CHOSEN} />
        )}
        {query.data && total === 0 && !narrowed && <EmptyList title={t('empty')} why={t('emptyWhy')} />}
        {query.rows.length > 0 && (
          <UntilNew isOld={query.isPlaceholderData}>
            <ol className="divide-y divide-line border-line border-y">
              {query.rows.map((entry) => (
                <AuditRow key={entry.seq} entry={entry} filter={filter} />
              ))}
            </ol>
            <MoreRows query={query} shown={query.rows.length} total={total} />
          </UntilNew>
        )}
      </div>
    </>
  );
}

/** The entries of a view as far as they were read. */
function useAudit(filter: AuditFilter, first: Props['first']) {
  const isFirst = auditParams(filter).toString() === first.view;
  const query = useInfiniteQuery({
    ...auditQuery(useReader(), filter),
    ...(isFirst && {
      initialData: { pages: [first.answer], pageParams: [null] },
      initialDataUpdatedAt: () => firstSeenAt(first.answer),
    }),
  });
  const rows = useMemo(() => {
    // Pages that were read anew at different moments may overlap.
    const found = (query.data?.pages ?? []).flatMap(({ items }) => items);
    return [...new Map(found.map((entry) => [entry.seq, entry])).values()];
  }, [query.data]);
  return { ...query, rows };
}
