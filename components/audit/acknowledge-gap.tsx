'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useReader } from '#components/layout/reader-provider.tsx';
import { ConfirmButton } from '#components/ui/confirm-button.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { acknowledgeAuditGap } from '#lib/queries/audit/audit.ts';
import { serviceQuery } from '#lib/queries/diagnostics/system.ts';

/** Ends the issue about a gap in the audit log once an admin says that they have seen it. */
export function AcknowledgeGap() {
  const reader = useReader();
  const t = useTranslations('systemIssues.acknowledge');
  const client = useQueryClient();
  const acknowledge = useMutation({
    mutationFn: acknowledgeAuditGap,
    onSettled: () => client.invalidateQueries({ queryKey: serviceQuery(reader).queryKey }),
  });
  return (
    <>
      <div className="mt-3">
        <ConfirmButton
          label={t('ask')}
          confirm={t('confirm')}
          cancel={t('cancel')}
          icon={<Check aria-hidden className="size-4" />}
          busy={acknowledge.isPending}
          onConfirm={() => acknowledge.mutate()}
        />
      </div>
      <QueryError error={acknowledge.error} className="mt-3" />
    </>
  );
}
