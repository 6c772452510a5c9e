'use client';

import { useTranslations } from 'use-intl';
import type { ServiceAnswer } from '#lib/api/diagnostics/system-answers.ts';

/** Who caused API calls today, against the share of each. */
export function Spenders({ share, spenders }: Pick<ServiceAnswer['budget'], 'share' | 'spenders'>) {
  const t = useTranslations('admin.spenders');
  return (
    <section className="mt-6" aria-label={t('title')}>
      <h3 className="font-semibold text-quiet text-small">{t('title')}</h3>
      <p className="mt-1 text-quiet text-small">
        {t('share', { calls: share.calls, unknownIds: share.unknownIds })}
      </p>
      {spenders.length === 0 ? (
        <p className="mt-2 text-quiet">{t('none')}</p>
      ) : (
        <ul className="mt-2 divide-y divide-line border-line border-y">
          {spenders.map(({ subject, name, calls, unknownIds }) => (
            <li key={subject} className="flex flex-wrap items-baseline justify-between gap-x-4 py-1.5">
              <span className="device-text min-w-0" title={subject}>
                {name ?? subject}
              </span>
              <span className="text-quiet">
                {t('of', { calls, share: share.calls })}
                {unknownIds > 0 && ` · ${t('unknownIds', { count: unknownIds })}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
