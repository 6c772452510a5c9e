'use client';

import { Search } from 'lucide-react';
import { type SubmitEvent, useId } from 'react';
import { useTranslations } from 'use-intl';
import { EmptyInventory } from '#components/discovery/empty-inventory.tsx';
import { useReader } from '#components/layout/reader-provider.tsx';
import { FindField } from '#components/search/find-field.tsx';
import { FindNotice, FindStatus } from '#components/search/find-notice.tsx';
import { FindRefused } from '#components/search/find-refused.tsx';
import { OptionList } from '#components/search/option-list.tsx';
import { SecretSearch } from '#components/search/secret-search.tsx';
import { useFind } from '#components/search/use-find.ts';
import { useSavedText } from '#components/search/use-kept-text.ts';
import { Button } from '#components/ui/button.tsx';
import type { OverviewAnswer } from '#lib/api/inventory/overview-answers.ts';
import type { PinsAndRecents, SearchAnswer } from '#lib/api/search/search-answers.ts';
import { can } from '#lib/domain/access/operator.ts';
import { Overview } from './overview.tsx';

type Props = {
  /** What was sent before this page could search by itself, with what the server found for it. */
  sent: { text: string; answer: SearchAnswer } | null;
  pinsAndRecents: PinsAndRecents;
  /** Null while no device is known. */
  overview: OverviewAnswer | null;
};

/** The start page: the search, and below it the overview or, once something is typed, the results. */
export function HomeView({ sent, pinsAndRecents, overview }: Props) {
  const t = useTranslations('search');
  const lookUp = useTranslations('home');
  const id = useId();
  const { role } = useReader();
  const find = useFind({
    sent: sent?.text ?? '',
    answered: sent?.answer,
    pinsAndRecents: null,
    offersSecrets: can(role, 'find-by-secret'),
  });
  useSavedText(find);
  const go = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    void find.enter(false);
  };
  const empty = find.text.trim() === '';
  return (
    <>
      <search>
        <form action="/" onSubmit={go} noValidate>
          <label htmlFor={id} className="sr-only">
            {lookUp('label')}
          </label>
          <div className="flex items-start gap-2">
            <FindField
              id={id}
              find={find}
              isPageBox
              autoFocus
              placeholder={t('placeholder')}
              className="h-12 rounded-card border border-line-strong bg-surface px-4 py-[11px]"
            />
            <Button type="submit" worksWithoutScripts look="primary" className="h-12 px-4 sm:px-5">
              <Search aria-hidden className="size-4" />
              <span className="sr-only sm:not-sr-only">{lookUp('go')}</span>
            </Button>
          </div>
          <FindRefused id={id} find={find} hint={t('hint')} className="mt-2 max-sm:sr-only" />
        </form>
      </search>
      <FindStatus find={find} />
      {empty ? (
        overview ? (
          <Overview overview={overview} pinsAndRecents={pinsAndRecents} />
        ) : (
          <div className="mt-8">
            <EmptyInventory part="fleet" lookUp={false} />
          </div>
        )
      ) : (
        <div className="card mt-4 min-h-40 p-2">
          <h1 className="sr-only">{lookUp('title')}</h1>
          <OptionList id={id} find={find} />
          <FindNotice find={find} />
          <SecretSearch find={find} />
        </div>
      )}
    </>
  );
}
