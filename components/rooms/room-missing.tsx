'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { Button, buttonLook } from '#components/ui/button.tsx';
import { ProblemPanel } from '#components/ui/problem-panel.tsx';
import type { ShownProblem } from '#lib/queries/fetch-json.ts';

type Props = { roomId: string; problem: ShownProblem; busy: boolean; onRetry: () => void };

/** No such room and nothing known: what happened and every way on from here. */
export function RoomMissing({ roomId, problem, busy, onRetry }: Props) {
  const t = useTranslations('rooms');
  const words = useTranslations('problem');
  const path = usePathname();
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
            {signedOut && (
              <a href={`/sign-in?callbackUrl=${encodeURIComponent(path)}`} className={buttonLook('primary')}>
                {words('signIn')}
              </a>
            )}
            <Link href="/rooms" prefetch={false} className={buttonLook(signedOut ? 'plain' : 'primary')}>
              {t('one.toRooms')}
            </Link>
            {!signedOut && (
              <Button onClick={busy ? undefined : onRetry} aria-disabled={busy}>
                {words('retry')}
              </Button>
            )}
            <Link href="/" prefetch={false} className={buttonLook()}>
              {t('one.lookUp')}
            </Link>
          </>
        }
      />
    </>
  );
}
