'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useReader } from '#components/layout/reader-provider.tsx';
import type { PinsAndRecents } from '#lib/api/search/search-answers.ts';
import { pinsAndRecentsQuery } from '#lib/queries/search/pins-and-recents.ts';
import { useFromPage } from '#lib/queries/use-from-page.ts';
import { type FindOption, pinsAndRecentsOptions } from './find-options.ts';
import { OptionCard } from './option-card.tsx';

const GROUPS = ['pinned', 'views', 'visited'] as const;

/** Pins, saved views and what was opened last; it came with the page and is kept true by the live connection. */
export function PinsAndRecentsLists({ pinsAndRecents }: { pinsAndRecents: PinsAndRecents }) {
  const t = useTranslations('search');
  const { data } = useFromPage(pinsAndRecentsQuery(useReader()), pinsAndRecents);
  const options = pinsAndRecentsOptions(data);
  if (options.length === 0) return <p className="mt-10 text-quiet">{t('atHandNone')}</p>;
  return GROUPS.map((group) => (
    <PinsAndRecentsList
      key={group}
      group={group}
      options={options.filter((option) => option.group === group)}
    />
  ));
}

function PinsAndRecentsList({ group, options }: { group: (typeof GROUPS)[number]; options: FindOption[] }) {
  const t = useTranslations('search');
  if (options.length === 0) return null;
  return (
    <section aria-label={t(`groups.${group}`)} className="mt-8">
      <h2 className="px-3 font-semibold text-quiet text-small">{t(`groups.${group}`)}</h2>
      <ul className="mt-2 divide-y divide-line border-line border-y">
        {options.map((option) => (
          <li key={option.key}>
            <Link
              href={option.path}
              prefetch={false}
              className="block px-3 py-2 text-text no-underline hover:bg-sunken"
            >
              <OptionCard option={option} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
