'use client';

import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { CircleCheck, CircleX, Hourglass, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Part } from '#components/diagnostics/section.tsx';
import { When } from '#components/diagnostics/server-now.tsx';
import { useIssueTitle } from '#components/issues/issue-title.ts';
import { useReader } from '#components/layout/reader-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { WaitingRows } from '#components/ui/list/list-states.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import type { ShownDelivery } from '#lib/api/alerts/alert-answers.ts';
import type { DeliveryState } from '#lib/domain/alerts/alert.ts';
import { devicePath } from '#lib/domain/devices/device-ref.ts';
import { deliveriesQuery, sendAgain } from '#lib/queries/alerts/alerts.ts';
import { LINK } from './link-style.ts';

/** What was sent, newest first, and what became of it. */
export function DeliveriesPart({ onSettled }: { onSettled: () => unknown }) {
  const t = useTranslations('alerts.log');
  const query = useInfiniteQuery(deliveriesQuery(useReader()));
  const again = useMutation({ networkMode: 'always', mutationFn: sendAgain, onSettled });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const { hasNextPage, isFetching, fetchNextPage } = query;
  return (
    <Part title={t('title')} note={t('why')}>
      <QueryError
        className="mb-5"
        error={again.error ?? query.error}
        busy={isFetching}
        onRetry={() => {
          again.reset();
          void query.refetch();
        }}
      />
      {query.isPending && <WaitingRows rows={3} rowClass="h-16" />}
      {query.data && items.length === 0 && <p className="text-quiet">{t('none')}</p>}
      {items.length > 0 && (
        <ol className="divide-y divide-line border-line border-y">
          {items.map((delivery) => (
            <DeliveryLine
              key={delivery.deliveryId}
              delivery={delivery}
              busy={again.isPending}
              onAgain={() => again.mutate(delivery.deliveryId)}
            />
          ))}
        </ol>
      )}
      {hasNextPage && (
        <Button
          className="mt-3"
          aria-disabled={isFetching}
          onClick={() => isFetching || void fetchNextPage()}
        >
          {t('older')}
        </Button>
      )}
    </Part>
  );
}

const ICONS: Record<DeliveryState, LucideIcon> = { sent: CircleCheck, waiting: Hourglass, failed: CircleX };

type LineProps = { delivery: ShownDelivery; busy: boolean; onAgain: () => void };

function DeliveryLine({ delivery, busy, onAgain }: LineProps) {
  const t = useTranslations('alerts.log');
  const title = useIssueTitle();
  const { channel, kind, code, total, device, state, attempts, createdAt, nextAt, answer } = delivery;
  const Icon = ICONS[state];
  const what = kind === 'test' ? t('kind.test') : `${t(`kind.${kind}`)}: ${title(code)}`;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-medium">{what}</span>
          <span className="inline-flex items-center gap-1 rounded bg-sunken px-2 py-0.5 text-small">
            <Icon aria-hidden className="size-3.5" />
            {t(`state.${state}`)}
          </span>
        </p>
        <p className="mt-0.5 flex flex-wrap gap-x-4 text-quiet text-small">
          <When iso={createdAt} />
          <span className="device-text">{t('to', { name: channel })}</span>
          {device && total === 1 && device.deviceId !== null ? (
            <Link
              href={devicePath({ by: 'deviceId', id: device.deviceId })}
              prefetch={false}
              className={LINK}
            >
              {device.name ?? device.deviceId}
            </Link>
          ) : (
            total > 0 && <span>{t('devices', { count: total })}</span>
          )}
          {attempts > 0 && <span>{t('attempt', { count: attempts })}</span>}
          {answer !== null && answer !== '' && <span className="device-text font-mono">{answer}</span>}
          {nextAt !== null && (
            <span>{t.rich('next', { when: () => <When iso={nextAt} past={t('soon')} /> })}</span>
          )}
        </p>
      </div>
      {kind !== 'test' && (
        <Button
          aria-label={t('againWhich', { name: channel, what })}
          aria-disabled={busy}
          onClick={() => busy || onAgain()}
        >
          {t('again')}
        </Button>
      )}
    </li>
  );
}
