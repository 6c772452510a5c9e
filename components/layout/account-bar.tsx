'use client';

import { LogOut, UserRound } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { BareButton } from '#components/ui/bare-button.tsx';
import { AuthForm } from './auth-form.tsx';
import { markLeft } from './left-by-choice.ts';
import { useReader } from './reader-provider.tsx';

type Props = {
  name: string;
  /** Why they have the role, in a sentence; null where nothing is known of it. */
  why: string | null;
};

/** Who is signed in, as what, the way to their own page, and the way out. */
export function AccountBar({ name, why }: Props) {
  const { role } = useReader();
  const t = useTranslations('nav');
  const roleText = useTranslations('role');
  const account = t('account', { name, role: roleText(role) });
  const title = why ? t('accountWhy', { account, why }) : account;
  return (
    <>
      <Link
        href="/account"
        prefetch={false}
        title={title}
        aria-label={t('yourAccount', { name })}
        className="inline-flex h-8 min-w-8 items-center justify-center rounded px-1 text-quiet text-small no-underline hover:bg-sunken hover:text-text"
      >
        <UserRound aria-hidden className="size-4 bar:hidden" />
        <span className="device-text hidden max-w-40 truncate bar:block">{name}</span>
      </Link>
      <AuthForm action="/api/auth/signout" fields={{ callbackUrl: '/' }} onSend={() => markLeft(true)}>
        {(busy) => (
          <BareButton
            type="submit"
            disabled={busy}
            title={`${t('signOut')} · ${title}`}
            aria-label={t('signOut')}
            className="inline-flex size-8 items-center justify-center rounded text-quiet hover:bg-sunken hover:text-text"
          >
            <LogOut aria-hidden className="size-4" />
          </BareButton>
        )}
      </AuthForm>
    </>
  );
}
