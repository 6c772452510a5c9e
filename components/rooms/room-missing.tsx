'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { buttonClass } from '#components/ui/button.tsx';
import { ProblemPanel } from '#components/ui/problem-panel.tsx';
import { ProblemActions } from '#components/ui/query-error.tsx';
import type { ShownProblem } from '#lib/queries/fetch-json.ts';

type Props = { roomId: string; problem: ShownProblem; busy: boolean; onRetry: () => void };

/** No such room and nothing known: what happened and every way on from here. */
export function RoomMissing({ roomId, problem, busy, onRetry }: Props) {
  const t = useTranslations('rooms');
  const signedOut = problem.reason === 'signed-out.signed-out';
  return (
    <>
      <p className="mb-3 text-quiet">
        {t('one.roomId')} <span className="identifier text-text">{roomId}</span>
      </p>
      <ProblemPanel
        problem={problem}
        level="page"
        actions={
          <>
            <Link href="/rooms" prefetch={false} className={buttonClass(signedOut ? 'plain' : 'primary')}>
              {t('one.toRooms')}
            </Link>
            <ProblemActions problem={problem} busy={busy} onRetry={onRetry} />
            <Link href="/" prefetch={false} className={buttonClass()}>
              {t('one.lookUp')}
            </Link>
          </>
        }
      />
    </>
  );
}
