'use client';

import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { Button, buttonLook } from '#components/ui/button.tsx';
import { can, type Role } from '#lib/domain/operator.ts';
import type { ShownProblem } from '#lib/queries/fetch-json.ts';

type Props = { problem: ShownProblem; role: Role; busy: boolean; onRetry: () => void };

/** The next press after trouble: signing in again when the session is over, else another try for those who may ask. */
export function WayOn({ problem, role, busy, onRetry }: Props) {
  const say = useTranslations('problem');
  const path = usePathname();
  if (problem.reason === 'signed-out.signed-out') {
    return (
      <a href={`/sign-in?callbackUrl=${encodeURIComponent(path)}`} className={buttonLook('primary')}>
        {say('signIn')}
      </a>
    );
  }
  if (!can(role, 'ask-live')) return null;
  return (
    <Button onClick={busy ? undefined : onRetry} aria-disabled={busy}>
      {say('retry')}
    </Button>
  );
}
