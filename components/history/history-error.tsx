'use client';

import { useTranslations } from 'use-intl';
import { Button, buttonLook } from '#components/ui/button.tsx';
import { ProblemPanel } from '#components/ui/problem-panel.tsx';
import { useView } from '#components/ui/use-view.ts';
import { shownProblem } from '#lib/queries/fetch-json.ts';

type Props = { error: Error; stillShown: boolean; busy: boolean; onRetry: () => void };

/** What went wrong with a history and its cure; what was known stays. */
export function HistoryTrouble({ error, stillShown, busy, onRetry }: Props) {
  const t = useTranslations('history');
  const words = useTranslations('problem');
  const { href, params } = useView();
  const problem = shownProblem(error);
  const signIn = `/sign-in?callbackUrl=${encodeURIComponent(href(params))}`;
  return (
    <div className="mb-3">
      <ProblemPanel
        problem={problem}
        stillTrue={stillShown ? t('stillShown') : undefined}
        actions={
          problem.reason === 'signed-out.signed-out' ? (
            <a href={signIn} className={buttonLook('primary')}>
              {words('signIn')}
            </a>
          ) : (
            <Button onClick={busy ? undefined : onRetry} aria-disabled={busy}>
              {words('retry')}
            </Button>
          )
        }
      />
    </div>
  );
}
