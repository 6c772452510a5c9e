'use client';

import { useTranslations } from 'use-intl';
import { BudgetPart } from '#components/budget/budget-section.tsx';
import { DiscoveryPart } from '#components/discovery/discovery-section.tsx';
import { InventoryNumbers } from '#components/discovery/inventory-numbers.tsx';
import { RoundPart } from '#components/discovery/polling-section.tsx';
import { EventsPart } from '#components/events/events-section.tsx';
import { useReader } from '#components/layout/reader-provider.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import type { ServiceAnswer } from '#lib/api/diagnostics/system-answers.ts';
import { serviceQuery } from '#lib/queries/diagnostics/system.ts';
import { useFromPage } from '#lib/queries/use-from-page.ts';
import { CheckPart } from './health-check-section.tsx';
import { ServerNow } from './server-now.tsx';
import { SystemIssues } from './system-issues.tsx';
import { UpstreamPart } from './upstream-section.tsx';

type Props = { known: ServiceAnswer };

/** How the desk itself does: what it spends, what it finds, where it goes round and what DingTalk says. */
export function ServiceView({ known }: Props) {
  const t = useTranslations('admin');
  const { data, error, isFetching, refetch } = useFromPage(serviceQuery(useReader()), known);
  return (
    <ServerNow answer={data}>
      <h1 className="mb-5 font-semibold text-title">{t('title')}</h1>
      <QueryError
        className="mb-5"
        error={error}
        stillShown={t('stillShown')}
        busy={isFetching}
        onRetry={() => void refetch()}
      />
      <SystemIssues troubles={data.troubles} />
      <InventoryNumbers inventory={data.inventory} />
      <div className="mt-6 grid gap-x-10 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="min-w-0">
          <BudgetPart budget={data.budget} />
          <EventsPart events={data.events} />
          <UpstreamPart upstream={data.upstream} />
        </div>
        <div className="min-w-0">
          <CheckPart cost={data.check} />
          <DiscoveryPart answer={data} />
          <RoundPart round={data.round} />
        </div>
      </div>
    </ServerNow>
  );
}
