'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useShortIssueTitle } from '#components/issues/issue-title.ts';
import { useSharedAttributeTexts } from '#components/issues/use-shared-attribute-texts.ts';
import type { OverviewAnswer } from '#lib/api/inventory/overview-answers.ts';

/** What devices with the same issue have in common. Absent without a finding. */
export function CommonCard({ common }: { common: OverviewAnswer['common'] }) {
  const t = useTranslations('overview');
  const texts = useSharedAttributeTexts();
  const short = useShortIssueTitle();
  if (common.length === 0) return null;
  return (
    <section aria-labelledby="in-common" className="card min-w-0">
      <h2 id="in-common" className="border-line border-b px-4 py-3 font-semibold text-section">
        {t('common')}
      </h2>
      <ul className="divide-y divide-line">
        {common.map(({ issue, common: [first] }) =>
          first === undefined ? null : (
            <li key={issue}>
              <Link
                href={`/devices?${new URLSearchParams({ issue })}`}
                prefetch={false}
                className="block px-4 py-2 text-text no-underline hover:bg-sunken"
              >
                <span className="flex flex-wrap items-baseline justify-between gap-x-3">
                  <span className="device-text font-medium">{texts.what(first)}</span>
                  <span className="text-quiet">
                    {t('commonTo', { have: first.with.have, of: first.with.of })}
                  </span>
                </span>
                <span className="device-text text-quiet text-small">{short(issue)}</span>
              </Link>
            </li>
          ),
        )}
      </ul>
    </section>
  );
}
