'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { ServerNow } from '#components/diagnostics/server-now.tsx';
import { useReader } from '#components/layout/reader-provider.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import type { AlertsAnswer } from '#lib/api/alerts/alert-answers.ts';
import {
  alertsQuery,
  createSilence,
  deliveriesQuery,
  keepRule,
  removeOne,
} from '#lib/queries/alerts/alerts.ts';
import { useFromPage } from '#lib/queries/use-from-page.ts';
import { ActiveAlertsPart } from './active-alerts.tsx';
import { ChannelsPart } from './channels.tsx';
import { DeliveriesPart } from './deliveries.tsx';
import { RobotsNotice } from './robots-notice.tsx';
import { RulesPart } from './rules.tsx';
import type { SilenceDraft } from './silence-form.tsx';
import { SilencesPart } from './silences.tsx';

type Props = { known: AlertsAnswer };

/** Who is told of what is wrong, what is muted, what stands and what was sent. */
export function AlertsView({ known }: Props) {
  const reader = useReader();
  const t = useTranslations('alerts');
  const client = useQueryClient();
  const query = alertsQuery(reader);
  const { data, error, isFetching, refetch } = useFromPage(query, known);
  const [muting, setMuting] = useState<Partial<SilenceDraft> | null>(null);
  const onSettled = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: query.queryKey }),
      client.invalidateQueries({ queryKey: deliveriesQuery(reader).queryKey }),
    ]);
  const always = { networkMode: 'always', onSettled } as const;
  const ruling = useMutation({ ...always, mutationFn: keepRule });
  const removing = useMutation({ ...always, mutationFn: removeOne });
  const quieting = useMutation({ ...always, mutationFn: createSilence });
  const busy = ruling.isPending || removing.isPending || quieting.isPending;
  return (
    <ServerNow answer={data}>
      <h1 className="font-semibold text-title">{t('title')}</h1>
      <p className="mt-1 mb-5 max-w-[44rem] text-quiet">{t('why')}</p>
      <QueryError
        className="mb-5"
        error={removing.error ?? error}
        stillShown={t('stillShown')}
        busy={isFetching}
        onRetry={() => {
          removing.reset();
          void refetch();
        }}
      />
      {data.channels.some(({ kind }) => kind === 'robot') && <RobotsNotice robots={data.robots} />}
      <ActiveAlertsPart data={data} onMute={setMuting} />
      <RulesPart
        data={data}
        busy={busy}
        trouble={ruling}
        onKeep={ruling.mutateAsync}
        onRemove={(id) => removing.mutate({ kind: 'rules', id })}
      />
      <ChannelsPart
        data={data}
        busy={busy}
        onSettled={onSettled}
        onRemove={(id) => removing.mutate({ kind: 'channels', id })}
      />
      <SilencesPart
        data={data}
        busy={busy}
        draft={muting}
        trouble={quieting}
        onDraft={setMuting}
        onAdd={quieting.mutateAsync}
        onRemove={(id) => removing.mutate({ kind: 'silences', id })}
      />
      <DeliveriesPart onSettled={onSettled} />
    </ServerNow>
  );
}
