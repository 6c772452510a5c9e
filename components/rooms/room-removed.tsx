'use client';

import { CircleSlash } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Moment } from '#components/ui/moment.tsx';

/** That a room is there no more, since when, and what the page then shows. */
export function RoomRemoved({ removedAt }: { removedAt: string }) {
  const t = useTranslations('rooms.one');
  return (
    <section className="mt-4 flex gap-3 rounded border border-line-strong border-dashed bg-surface p-4">
      <CircleSlash aria-hidden className="mt-0.5 size-5 shrink-0" />
      <div className="min-w-0 max-w-[44rem]">
        <h2 className="font-semibold">{t('goneTitle')}</h2>
        <p className="mt-1">{t.rich('goneWhy', { moment: () => <Moment iso={removedAt} /> })}</p>
      </div>
    </section>
  );
}
