'use client';

import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { Button, buttonLook } from '#components/ui/button.tsx';
import { can, type Role } from '#lib/domain/access/operator.ts';
import type { ErrorReason } from '#lib/domain/errors.ts';
import type { ShownProblem } from '#lib/queries/fetch-json.ts';

/** Why a page that opens spends no call towards the end of a month's budget. */
export const RUNNING_SHORT: ErrorReason = 'dingtalk-budget-spent.running-short';

type Props = { problem: ShownProblem; role: Role; busy: boolean; onRetry: () => void };

/** The button after a problem: sign in again when the session is over, else query DingTalk for those who may. */
export function WayOn({ problem, role, busy, onRetry }: Props) {
  const t = useTranslations('problem');
  const path = usePathname();
  if (problem.reason === 'signed-out.signed-out') {
    return (
      <a href={`/sign-in?callbackUrl=${encodeURIComponent(path)}`} className={buttonLook('primary')}>
        {t('signIn')}
      </a>
    );
  }
  if (!can(role, 'ask-live')) return null;
  const { left } = problem.values ?? {};
  return (
    <Button onClick={busy ? undefined : onRetry} aria-disabled={busy}>
      {problem.reason === RUNNING_SHORT ? t('query', { left: Number(left) }) : t('retry')}
    </Button>
  );
}
