'use client';

import { LogOut } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Role } from '#lib/domain/operator.ts';
import { AuthForm } from './auth-form.tsx';

type Props = { name: string; role: Role };

/** Who is signed in, as what, and the way out. */
export function AccountBar({ name, role }: Props) {
  const say = useTranslations('nav');
  const roleWord = useTranslations('role');
  return (
    <>
      <span
        className="device-text hidden max-w-40 truncate px-1 text-quiet text-small sm:block"
        title={say('account', { name, role: roleWord(role) })}
      >
        {name}
      </span>
      <AuthForm action="/api/auth/signout" fields={{ callbackUrl: '/' }}>
        {(busy) => (
          <button
            type="submit"
            disabled={busy}
            title={`${say('signOut')} · ${say('account', { name, role: roleWord(role) })}`}
            aria-label={say('signOut')}
            className="inline-flex size-8 items-center justify-center rounded text-quiet hover:bg-sunken hover:text-text"
          >
            <LogOut aria-hidden className="size-4" />
          </button>
        )}
      </AuthForm>
    </>
  );
}
