'use client';

import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { ROLES } from '#lib/domain/operator.ts';
import { AuthForm } from './auth-form.tsx';

type Props = { returnTo: string; demo: boolean };

/** The doors of this desk: DingTalk, and on a demo desk one press for each role. */
export function SignInChoices({ returnTo, demo }: Props) {
  const say = useTranslations('signIn');
  return (
    <>
      <AuthForm action="/api/auth/signin/dingtalk" fields={{ callbackUrl: returnTo }}>
        {(busy) => (
          <Button type="submit" look="primary" disabled={busy} className="min-h-11 w-full">
            {busy ? say('waiting') : say('dingtalk')}
          </Button>
        )}
      </AuthForm>
      {demo && (
        <section aria-labelledby="demo" className="mt-8 border-line border-t pt-4">
          <h2 id="demo" className="font-semibold">
            {say('demo')}
          </h2>
          <p className="text-quiet">{say('demoWhy')}</p>
          <ul className="mt-3 space-y-2">
            {ROLES.map((role) => (
              <li key={role}>
                <AuthForm action="/api/auth/callback/demo" fields={{ account: role, callbackUrl: returnTo }}>
                  {(busy) => (
                    <button
                      type="submit"
                      disabled={busy}
                      className="w-full rounded border border-line bg-surface px-3 py-2 text-left hover:bg-sunken disabled:opacity-60"
                    >
                      <span className="font-medium text-accent">{say(role)}</span>
                      <span className="block text-quiet text-small">{say(`${role}May`)}</span>
                    </button>
                  )}
                </AuthForm>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
