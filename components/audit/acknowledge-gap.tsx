'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { AskTwice } from '#components/ui/confirm-button.tsx';
import { ProblemPanel } from '#components/ui/problem-panel.tsx';
import { acknowledgeAuditGap } from '#lib/queries/audit/audit.ts';
import { serviceQuery } from '#lib/queries/diagnostics/system.ts';
import { shownProblem } from '#lib/queries/fetch-json.ts';

/** Ends the issue about a gap in the audit log once an admin says that they have seen it. */
export function AcknowledgeGap({ reader }: { reader: string }) {
  const t = useTranslations('systemIssues.acknowledge');
  const client = useQueryClient();
  const acknowledge = useMutation({
    mutationFn: acknowledgeAuditGap,
    onSettled: () => client.invalidateQueries({ queryKey: serviceQuery(reader).queryKey }),
  });
  return (
    <>
      <AskTwice
        words={{ ask: t('ask'), confirm: t('confirm'), cancel: t('cancel') }}
        icon={<Check aria-hidden className="size-4" />}
        busy={acknowledge.isPending}
        onConfirm={() => acknowledge.mutate()}
      />
      {acknowledge.isError && (
        <div className="mt-3">
          <ProblemPanel problem={shownProblem(acknowledge.error)} />
        </div>
      )}
    </>
  );
}
