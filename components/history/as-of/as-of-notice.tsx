'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { buttonClass } from '#components/ui/button.tsx';
import { useMomentText } from '#components/ui/moment.tsx';

type Props = {
  /** ISO 8601 UTC. */
  past: { at: string; against: string };
  why: string;
  /** Where the same is as it is now. */
  now: string;
  /** What was other. */
  children: ReactNode;
};

/** That a page is of the past, before anything that could be taken for today's, and what was other at a second moment. */
export function PastNotice({ past: { at, against }, why, now, children }: Props) {
  const t = useTranslations('snapshots');
  const moment = useMomentText();
  const title = t('title', { moment: moment(at) });
  return (
    <section aria-label={title} className="mb-6 rounded border border-line-strong bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-[1_1_20rem]">
          <p className="font-semibold">{title}</p>
          <p className="mt-1 text-quiet">{why}</p>
        </div>
        <Link href={now} prefetch={false} className={buttonClass('primary')}>
          {t('now')}
        </Link>
      </div>
      <p className="mt-4 font-semibold text-quiet text-small">{t('differs', { moment: moment(against) })}</p>
      {children}
    </section>
  );
}
