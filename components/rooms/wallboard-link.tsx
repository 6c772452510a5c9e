import { Presentation } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { buttonClass } from '#components/ui/button.tsx';
import { type RoomsQuestion, WITHOUT } from '#lib/domain/inventory/fleet-filter.ts';

/** The way to the big screen of the chosen group and all below it, or of everything. */
export function WallLink({ group }: Pick<RoomsQuestion, 'group'>) {
  const t = useTranslations('rooms');
  const query = group === null || group === WITHOUT ? '' : `?${new URLSearchParams({ group })}`;
  return (
    <Link href={`/wallboard${query}`} prefetch={false} title={t('wallWhy')} className={buttonClass()}>
      <Presentation aria-hidden className="size-4" />
      <span className="sr-only sm:not-sr-only">{t('wall')}</span>
    </Link>
  );
}
