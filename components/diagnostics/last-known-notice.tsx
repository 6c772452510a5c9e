'use client';

import { CircleDashed } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { ServiceAnswer } from '#lib/api/diagnostics/system-answers.ts';
import { CURRENT_FOR_MS, OFFLINE_CURRENT_FOR_MS } from '#lib/domain/devices/status-currency.ts';

const HOUR_MS = 3_600_000;

type Props = { events: Pick<ServiceAnswer['events'], 'transport' | 'vouchedSince'> };

/**
 * Says while no events keep statuses current that they become "last known", and how to turn events on. Speaks from the part
 * `lastKnownNotice` of the words.
 */
export function LastKnownNotice({ events: { transport, vouchedSince } }: Props) {
  const t = useTranslations('lastKnownNotice');
  if (vouchedSince !== null) return null;
  const hours = { hours: CURRENT_FOR_MS / HOUR_MS, offlineHours: OFFLINE_CURRENT_FOR_MS / HOUR_MS };
  const isOff = transport === 'off';
  return (
    <div className="mt-3 flex items-start gap-2 rounded border border-line-strong border-dashed p-3">
      <CircleDashed aria-hidden className="mt-0.5 size-4 shrink-0 text-quiet" />
      <div>
        <p className="font-medium">{t(isOff ? 'off' : 'unvouched')}</p>
        <p className="mt-1 text-quiet">{t('effect', hours)}</p>
        <p className="mt-1 text-quiet">{t(isOff ? 'turnOn' : 'repair')}</p>
      </div>
    </div>
  );
}
