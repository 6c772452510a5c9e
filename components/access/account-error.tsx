'use client';

import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { Button, buttonLook } from '#components/ui/button.tsx';
import { ProblemPanel } from '#components/ui/problem-panel.tsx';
import { shownProblem } from '#lib/queries/fetch-json.ts';

type Props = { error: Error | null; stillShown?: string; busy: boolean; onRetry: () => void };

/** What went wrong and its cure; what was known stays below. */
export function Trouble({ error, stillShown, busy, onRetry }: Props) {
  const t = useTranslations('problem');
  const path = usePathname();
  if (!error) return null;
  const problem = shownProblem(error);
  return (
    <div className="mb-5">
      <ProblemPanel
        problem={problem}
        stillTrue={stillShown}
        actions={
          problem.reason === 'signed-out.signed-out' ? (
            <a href={`/sign-in?callbackUrl=${encodeURIComponent(path)}`} className={buttonLook('primary')}>
              {t('signIn')}
            </a>
          ) : (
            <Button aria-disabled={busy} onClick={() => busy || onRetry()}>
              {t('retry')}
            </Button>
          )
        }
      />
    </div>
  );
}
