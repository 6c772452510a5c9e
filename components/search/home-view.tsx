'use client';

import { Search } from 'lucide-react';
import { type SubmitEvent, useId } from 'react';
import { useTranslations } from 'use-intl';
import { useReader } from '#components/layout/reader-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import type { PinsAndRecents, SearchAnswer } from '#lib/api/search/search-answers.ts';
import { can } from '#lib/domain/access/operator.ts';
import { FindField } from './find-field.tsx';
import { FindNotice, FindStatus } from './find-notice.tsx';
import { FindRefused } from './find-refused.tsx';
import { OptionList } from './option-list.tsx';
import { PinsAndRecentsLists } from './pins-and-recents.tsx';
import { SecretSearch } from './secret-search.tsx';
import { useFind } from './use-find.ts';
import { useSavedText } from './use-kept-text.ts';

type Props = {
  /** What was sent before this page could search by itself, with what the server found for it. */
  sent: { text: string; answer: SearchAnswer } | null;
  pinsAndRecents: PinsAndRecents;
};

/** The first page: one box for everything, and what the person keeps at hand. */
export function HomeView({ sent, pinsAndRecents }: Props) {
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
              className="h-12 rounded border border-line-strong bg-surface px-3 py-[11px]"
            />
            <Button type="submit" worksWithoutScripts look="primary" className="h-12 px-4 sm:px-5">
              <Search aria-hidden className="size-4" />
              <span className="sr-only sm:not-sr-only">{lookUp('go')}</span>
            </Button>
          </div>
          <FindRefused id={id} find={find} hint={t('hint')} className="mt-2" />
        </form>
      </search>
      <FindStatus find={find} />
      {empty ? (
        <PinsAndRecentsLists pinsAndRecents={pinsAndRecents} />
      ) : (
        <div className="mt-4 min-h-40">
          <OptionList id={id} find={find} />
          <FindNotice find={find} />
          <SecretSearch find={find} />
        </div>
      )}
    </>
  );
}
