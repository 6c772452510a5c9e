'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Radar } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useReader } from '#components/layout/reader-provider.tsx';
import { ConfirmButton } from '#components/ui/confirm-button.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import type { ServiceAnswer } from '#lib/api/diagnostics/system-answers.ts';
import { serviceQuery, startDiscovery } from '#lib/queries/diagnostics/system.ts';

type Props = {
  cost: ServiceAnswer['discovery']['cost'];
  budget: ServiceAnswer['budget'];
  /** Whether a run has been made before. */
  again: boolean;
};

/** Says what finding everything costs, asks once more in the same place, and begins. */
export function StartDiscovery({ cost, budget, again }: Props) {
  const reader = useReader();
  const t = useTranslations('admin.discovery');
  const client = useQueryClient();
  const start = useMutation({
    mutationFn: startDiscovery,
    onSettled: () => client.invalidateQueries({ queryKey: serviceQuery(reader).queryKey }),
  });
  const may = Math.max(0, budget.left - budget.reserve);
  return (
    <div className="max-w-[44rem]">
      <p>{price()}</p>
      {!cost.allowed && <p className="mt-1">{t('tooDear', { may })}</p>}
      <div className="mt-3">
        <ConfirmButton
          label={t('start')}
          confirm={t('confirm')}
          cancel={t('cancel')}
          icon={<Radar aria-hidden className="size-4" />}
          busy={start.isPending}
          look={again ? 'plain' : 'primary'}
          onConfirm={() => start.mutate()}
        />
      </div>
      <QueryError error={start.error} className="mt-3" />
    </div>
  );

  function price(): string {
    if (cost.knownRooms === 0) return t('priceUnknown', { may, rate: budget.callsPerSecond });
    const seconds = Math.ceil(cost.calls / Math.max(1, budget.callsPerSecond));
    return t('price', {
      calls: cost.calls,
      may,
      rate: budget.callsPerSecond,
      time: t('seconds', {
        minutes: Math.floor(seconds / 60),
        seconds: seconds % 60,
        long: String(seconds >= 60),
      }),
    });
  }
}
