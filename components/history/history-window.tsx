'use client';

import { type FormEvent, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { useView } from '#components/ui/use-view.ts';
import { ViewLink } from '#components/ui/view-link.tsx';
import { type HistoryView, viewOfDays, withHistoryView } from '#lib/queries/history/history-address.ts';
import { useHistoryTexts } from './use-history-texts.ts';

const CHOICES = [1, 7, 30, 90];

const dateField =
  'mt-0.5 block h-8 rounded border border-line-strong bg-surface px-2 text-input md:text-base';

/** Which stretch of time is shown: the last days, or any days; it stands in the address. */
export function HistoryWindow({ shown }: { shown: HistoryView }) {
  const { t, time } = useHistoryTexts();
  const view = useView();
  const other = useRef<HTMLDetailsElement>(null);
  const show = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = new FormData(event.currentTarget);
    const next = viewOfDays(String(said.get('first')), String(said.get('last')));
    if (next === null) return;
    view.push(withHistoryView(view.params, next));
    if (other.current) other.current.open = false;
  };
  const look = (is: boolean) => (is ? 'font-medium text-text underline underline-offset-4' : 'text-accent');
  const named = 'days' in shown ? null : { from: time(shown.from), to: time(shown.to) };
  return (
    <nav aria-label={t('window.title')} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-small">
      {CHOICES.map((days) => {
        const is = 'days' in shown && shown.days === days;
        return (
          <ViewLink
            key={days}
            to={withHistoryView(view.params, { days })}
            aria-current={is ? 'true' : undefined}
            className={look(is)}
          >
            {t('window.days', { n: days })}
          </ViewLink>
        );
      })}
      <details ref={other}>
        <summary className={look(named !== null)}>
          {named ? t('window.named', named) : t('window.other')}
        </summary>
        <form onSubmit={show} className="flex flex-wrap items-end gap-3 py-2">
          {(['first', 'last'] as const).map((name) => (
            <label key={name} className="text-quiet">
              {t(`window.${name}`)}
              <input type="date" name={name} required className={dateField} />
            </label>
          ))}
          <Button type="submit">{t('window.show')}</Button>
        </form>
      </details>
    </nav>
  );
}
