'use client';

import { X } from 'lucide-react';
import { useRef } from 'react';
import { useTranslations } from 'use-intl';
import { ViewLink } from '#components/ui/view-link.tsx';

/** A chosen filter in words. `of` is what it is a value of, `without` the view that it is not chosen in. */
export type FilterText = { of: string; word: string; without: URLSearchParams };

type Props = { words: FilterText[]; cleared: URLSearchParams };

/** What the list is narrowed to, each word removable, and all of them at once. Nothing where nothing is chosen. */
export function FilterTexts({ words, cleared }: Props) {
  const t = useTranslations('list');
  const list = useRef<HTMLDivElement>(null);
  // The pressed word goes with its filter; the keyboard stays where the others are.
  const stay = () => list.current?.focus();
  return (
    <div ref={list} tabIndex={-1} className="outline-none">
      {words.length > 0 && (
        <ul aria-label={t('chosen')} className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {words.map(({ of, word, without }) => (
            <li key={`${of} ${word}`} className="min-w-0">
              <ViewLink
                to={without}
                onClick={stay}
                title={t('remove', { what: `${of}: ${word}` })}
                className="inline-flex min-h-7 max-w-full items-center gap-1.5 rounded bg-sunken px-2 text-small text-text no-underline hover:bg-line"
              >
                <span className="sr-only">{t('removing')}</span>
                <span className="shrink-0 text-quiet">{of}</span>
                <span className="device-text line-clamp-1 min-w-0 max-w-72 break-all font-medium">
                  {word}
                </span>
                <X aria-hidden className="size-3.5 shrink-0 text-quiet" />
              </ViewLink>
            </li>
          ))}
          <li>
            <ViewLink
              to={cleared}
              onClick={stay}
              className="inline-flex min-h-7 items-center rounded-sm px-1 text-accent text-small underline underline-offset-2"
            >
              {t('clearAll')}
            </ViewLink>
          </li>
        </ul>
      )}
    </div>
  );
}
