'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { useReader } from '#components/layout/reader-provider.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { EmptyList } from '#components/ui/list/list-states.tsx';
import { useErrorTexts } from '#components/ui/problem-panel.tsx';
import { can } from '#lib/domain/access/operator.ts';
import { serviceQuery } from '#lib/queries/diagnostics/system.ts';

type Props = {
  /** Whose words say it: the page brings them. */
  part: 'fleet' | 'rooms';
  /** Whether looking one up is a way on for this reader. */
  lookUp: boolean;
};

/** A list of a desk that knows nothing yet: that rows are coming, or who can have them found. */
export function EmptyInventory({ part, lookUp }: Props) {
  const t = useTranslations(part);
  const reader = useReader();
  const maySee = can(reader.role, 'see-service');
  const { data } = useQuery({ ...serviceQuery(reader), enabled: maySee });
  const run = data?.discovery.run;
  const issue = run?.state === 'running';
  const words = useErrorTexts();
  const paused = run?.state === 'paused' && run.pausedBy ? words({ reason: run.pausedBy }) : null;
  return (
    <>
      <h1 className="mb-4 font-semibold text-title">{t('title')}</h1>
      <EmptyList
        title={t(issue ? 'empty.finding' : 'empty.title')}
        why={
          issue
            ? t('empty.findingWhy', { done: run.rooms.done, found: run.rooms.found })
            : paused
              ? t('empty.paused', paused)
              : t(maySee ? 'empty.whyAdmin' : 'empty.why')
        }
      >
        {maySee && (
          <Link href="/admin" prefetch={false} className={buttonClass('primary')}>
            {t('empty.find')}
          </Link>
        )}
        {lookUp && (
          <Link href="/" prefetch={false} className={buttonClass()}>
            {t('empty.lookUp')}
          </Link>
        )}
      </EmptyList>
    </>
  );
}
