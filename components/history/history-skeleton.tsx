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
        <div className={`mb-2 h-5 w-64 max-w-full ${bar}`} />
        <div className={`h-12 ${bar}`} />
        <div className="h-11" />
        <div className={`mt-1 h-10 w-1/2 ${bar}`} />
        <div className={`mt-2 h-5 w-2/3 ${bar}`} />
      </div>
    </>
  );
  if (!framed) return <div>{waiting}</div>;
  return (
    <section aria-label={t('title')} className="border-line border-t py-4">
      <h2 className="mb-2 font-semibold text-quiet text-small">{t('title')}</h2>
      {waiting}
    </section>
  );
}
