'use client';

import { useTranslations } from 'use-intl';
import { MomentForm } from './moment-form.tsx';

/** The way into the past, below what a page is for. */
export function MomentChooser() {
  const t = useTranslations('snapshots');
  return (
    <details className="mt-4 border-line border-t pt-3 text-small">
      <summary className="text-accent">{t('open')}</summary>
      <MomentForm />
    </details>
  );
}
