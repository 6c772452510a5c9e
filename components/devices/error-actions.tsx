'use client';

import { useTranslations } from 'use-intl';
import { useReader } from '#components/layout/reader-provider.tsx';
import { ProblemActions } from '#components/ui/query-error.tsx';
import { can } from '#lib/domain/access/operator.ts';
import type { ErrorReason } from '#lib/domain/errors.ts';
import type { ShownProblem } from '#lib/queries/fetch-json.ts';

/** Why a page that opens spends no call towards the end of a month's budget. */
export const RUNNING_SHORT: ErrorReason = 'dingtalk-budget-spent.running-short';

type Props = { problem: ShownProblem; busy: boolean; onRetry: () => void };

/** The button after a problem: sign in again when the session is over, else query DingTalk for those who may. */
export function ErrorActions({ problem, busy, onRetry }: Props) {
  const { role } = useReader();
  const t = useTranslations('problem');
  const left = Number(problem.values?.left);
  return (
    <ProblemActions
      problem={problem}
      busy={busy}
      onRetry={can(role, 'ask-live') ? onRetry : undefined}
      retryLabel={problem.reason === RUNNING_SHORT ? t('query', { left }) : undefined}
    />
  );
}
