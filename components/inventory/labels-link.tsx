'use client';

import { QrCode } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { buttonClass } from '#components/ui/button.tsx';
import type { FleetQuestion } from '#lib/domain/inventory/fleet-filter.ts';
import { labelsPath } from '#lib/domain/inventory/label.ts';

/** The way from a list of devices to their labels. */
export function LabelsLink({ question }: { question: FleetQuestion }) {
  const t = useTranslations('labels');
  return (
    <Link href={labelsPath({ question })} prefetch={false} title={t('openWhy')} className={buttonClass()}>
      <QrCode aria-hidden className="size-4" />
      <span className="sr-only sm:not-sr-only">{t('open')}</span>
    </Link>
  );
}
