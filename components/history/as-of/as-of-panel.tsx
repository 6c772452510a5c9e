'use client';

import { History } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { DropPanel } from '#components/ui/drop-panel.tsx';
import { MomentForm } from './moment-form.tsx';

/** The way into the past, among what can be done with a list. */
export function PastPanel() {
  const t = useTranslations('snapshots');
  return (
    <DropPanel label={t('short')} Icon={History}>
      <p className="font-medium">{t('open')}</p>
      <MomentForm />
    </DropPanel>
  );
}
