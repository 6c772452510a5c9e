'use client';

import { useTranslations } from 'use-intl';
import { BareButton } from '#components/ui/bare-button.tsx';
import { Button } from '#components/ui/button.tsx';
import { ROLES } from '#lib/domain/access/operator.ts';
import { AuthForm } from './auth-form.tsx';
import type { AppInDingTalk } from './dingtalk-client.ts';
import { InAppSignIn } from './in-app-sign-in.tsx';

type Props = {
  returnTo: string;
  /** What people call the OpenID Connect provider; null where there is none. */
  oidcName: string | null;
  /** Set when the page is read inside DingTalk's client and that is a way in. */
  inApp: { app: AppInDingTalk; atOnce: boolean } | null;
  demo: boolean;
};

/** The doors of this desk: DingTalk, an OpenID Connect provider, and on a demo desk one press for each role. */
export function SignInChoices({ returnTo, oidcName, inApp, demo }: Props) {
  const t = useTranslations('signIn');
  return (
    <>
      {inApp && <InAppSignIn {...inApp} returnTo={returnTo} />}
      <div className="space-y-3">
        <Transport to="dingtalk" label={t('dingtalk')} returnTo={returnTo} first={!inApp} />
        {oidcName && <Transport to="oidc" label={t('with', { name: oidcName })} returnTo={returnTo} />}
      </div>
      {demo && (
        <section aria-labelledby="demo" className="mt-8 border-line border-t pt-4">
          <h2 id="demo" className="font-semibold">
            {t('demo')}
          </h2>
          <p className="text-quiet">{t('demoWhy')}</p>
          <ul className="mt-3 space-y-2">
            {ROLES.map((role) => (
              <li key={role}>
                <AuthForm action="/api/auth/callback/demo" fields={{ account: role, callbackUrl: returnTo }}>
                  {(busy) => (
                    <BareButton
                      type="submit"
                      disabled={busy}
                      className="w-full rounded border border-line bg-surface px-3 py-2 text-left hover:bg-sunken disabled:opacity-60"
                    >
                      <span className="font-medium text-accent">{t(role)}</span>
                      <span className="block text-quiet text-small">{t(`${role}May`)}</span>
                    </BareButton>
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

type TransportProps = { to: string; label: string; returnTo: string; first?: boolean };

/** A press that leads to a provider's own page. */
function Transport({ to, label, returnTo, first = false }: TransportProps) {
  const t = useTranslations('signIn');
  return (
    <AuthForm action={`/api/auth/signin/${to}`} fields={{ callbackUrl: returnTo }}>
      {(busy) => (
        <Button
          type="submit"
          look={first ? 'primary' : 'plain'}
          disabled={busy}
          className="device-text min-h-11 w-full"
        >
          {busy ? t('waiting') : label}
        </Button>
      )}
    </AuthForm>
  );
}
