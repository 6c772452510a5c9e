'use client';

import { useTranslations } from 'use-intl';
import { type ShownProblem, shownProblem } from '#lib/queries/fetch-json.ts';
import { Button, buttonClass } from './button.tsx';
import { ProblemPanel, useErrorTexts } from './problem-panel.tsx';
import { useView } from './use-view.ts';

type Props = {
  error: Error | null;
  /** A sentence about older data that is still shown. */
  stillShown?: string | undefined;
  busy?: boolean;
  /** Repeats the query; without it there is no such button. */
  onRetry?: () => void;
  /** One line without buttons, for panels that have space for no more. */
  compact?: boolean;
  className?: string;
};

/** Why a query or change failed, and what to do about it; nothing without an error. */
export function QueryError({ error, stillShown, busy = false, onRetry, compact, className }: Props) {
  const words = useErrorTexts();
  if (!error) return null;
  const problem = shownProblem(error);
  if (compact) {
    const { title, hint } = words(problem);
    return (
      <p role="alert" className={className}>
        <strong className="font-semibold">{title}.</strong> {hint}
      </p>
    );
  }
  const hasActions = onRetry !== undefined || isSignedOut(problem);
  return (
    <div className={className}>
      <ProblemPanel
        problem={problem}
        stillTrue={stillShown}
        actions={hasActions && <ProblemActions problem={problem} busy={busy} onRetry={onRetry} />}
      />
    </div>
  );
}

type ActionsProps = {
  problem: ShownProblem;
  busy: boolean;
  onRetry: (() => void) | undefined;
  /** Stands on the button instead of "Try again". */
  retryLabel?: string | undefined;
};

/** Signs in again and returns to this view when the session is over; otherwise repeats the query. */
export function ProblemActions({ problem, busy, onRetry, retryLabel }: ActionsProps) {
  const t = useTranslations('problem');
  const { href, params } = useView();
  if (isSignedOut(problem)) {
    return (
      <a href={`/sign-in?callbackUrl=${encodeURIComponent(href(params))}`} className={buttonClass('primary')}>
        {t('signIn')}
      </a>
    );
  }
  if (!onRetry) return null;
  return (
    <Button aria-disabled={busy} onClick={() => busy || onRetry()}>
      {retryLabel ?? t('retry')}
    </Button>
  );
}

const isSignedOut = ({ reason }: ShownProblem) => reason === 'signed-out.signed-out';
