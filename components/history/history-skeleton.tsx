'use client';

import { useTranslations } from 'use-intl';

const bar = 'rounded bg-sunken';

/** The size and place of a history that is awaited; `framed` where the part of the page around it is awaited too. */
export function HistorySkeleton({ framed = false }: { framed?: boolean }) {
  const t = useTranslations('history');
  const waiting = (
    <>
      <p role="status" className="sr-only">
        {t('waiting')}
      </p>
      <div aria-hidden>
        <div className={`h-12 ${bar}`} />
        <div className={`mt-6 h-5 w-64 max-w-full ${bar}`} />
        <div className={`mt-1 h-5 w-1/2 ${bar}`} />
        <div className="h-14" />
      </div>
    </>
  );
  if (!framed) return <div>{waiting}</div>;
  return (
    <section aria-label={t('title')} className="card mt-2 min-w-0">
      <h2 className="border-line border-b px-4 py-2 font-semibold text-section">{t('title')}</h2>
      <div className="px-4 py-3">{waiting}</div>
    </section>
  );
}
