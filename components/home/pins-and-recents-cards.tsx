'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useReader } from '#components/layout/reader-provider.tsx';
import { type FindOption, pinsAndRecentsOptions } from '#components/search/find-options.ts';
import { OptionCard } from '#components/search/option-card.tsx';
import type { PinsAndRecents } from '#lib/api/search/search-answers.ts';
import { pinsAndRecentsQuery } from '#lib/queries/search/pins-and-recents.ts';
import { useFromPage } from '#lib/queries/use-from-page.ts';

const GROUPS = ['pinned', 'views', 'visited'] as const;

/** The reader's pins, saved views and recently viewed devices. */
export function PinsAndRecentsCards({ pinsAndRecents }: { pinsAndRecents: PinsAndRecents }) {
  const t = useTranslations('search');
  const { data } = useFromPage(pinsAndRecentsQuery(useReader()), pinsAndRecents);
  const options = pinsAndRecentsOptions(data);
  if (options.length === 0) return <p className="px-4 text-quiet text-small">{t('atHandNone')}</p>;
  return GROUPS.map((group) => (
    <OptionsCard
      key={group}
      title={t(`groups.${group}`)}
      options={options.filter((each) => each.group === group)}
    />
  ));
}

function OptionsCard({ title, options }: { title: string; options: FindOption[] }) {
  if (options.length === 0) return null;
  return (
    <section aria-label={title} className="card min-w-0">
      <h2 className="border-line border-b px-4 py-3 font-semibold text-section">{title}</h2>
      <ul className="divide-y divide-line">
        {options.map((option) => (
          <li key={option.key}>
            <Link
              href={option.path}
              prefetch={false}
              className="block px-4 py-2 text-text no-underline hover:bg-sunken"
            >
              <OptionCard option={option} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
