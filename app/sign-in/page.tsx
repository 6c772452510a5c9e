import type { Metadata } from 'next';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { PageFrame } from '#app/page-frame.tsx';
import { SignInChoices } from '#components/layout/sign-in-choices.tsx';
import { ownPath } from '#lib/auth/own-path.ts';
import { currentOperator } from '#lib/auth/require-operator.ts';
import { requestChoices, requestTranslations } from '#lib/i18n/request-texts.ts';
import { signInError } from '#lib/i18n/sign-in-problem.ts';
import { type Runtime, runtime } from '#lib/server/runtime.ts';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestTranslations())('signIn.title') };
}

export default async function SignInPage({ searchParams }: Props) {
  const { auth, config } = await runtime();
  const [{ callbackUrl, error, minutes }, t, { theme }, jar, asked] = await Promise.all([
    searchParams,
    requestTranslations(),
    requestChoices(),
    cookies(),
    headers(),
  ]);
  const way = typeof callbackUrl === 'string' ? callbackUrl : jar.get(auth.returnToName)?.value;
  const returnTo = ownPath(way, config.appUrl);
  const provider = config.oidc?.name ?? null;
  const trouble = typeof error === 'string' ? signInError(t, error, { provider, minutes }) : null;
  if (!trouble && (await currentOperator(auth))) redirect(returnTo);
  const app = appInDingTalk(config, asked.get('user-agent'));
  return (
    <PageFrame name={t('app.name')} theme={theme} operator={null}>
      <div className="mx-auto mt-4 max-w-sm md:mt-12">
        <h1 className="font-semibold text-title">{t('signIn.title')}</h1>
        <p className="mt-2 text-quiet">{t('signIn.why')}</p>
        {returnTo !== '/' && (
          <p className="device-text mt-2 text-quiet">{t('signIn.back', { path: returnTo })}</p>
        )}
        {trouble && (
          <p role="alert" className="mt-4 rounded border border-line-strong bg-surface p-3">
            {trouble}
          </p>
        )}
        <div className="mt-6">
          <SignInChoices
            returnTo={returnTo}
            oidcName={config.oidc?.name ?? null}
            inApp={app && { app, atOnce: trouble === null }}
            demo={config.demoAccounts}
          />
        </div>
      </div>
    </PageFrame>
  );
}

/** What DingTalk's client is asked with, when the page is in one, by its own word, and that is a way in. */
function appInDingTalk({ dingtalk }: Runtime['config'], userAgent: string | null) {
  const { inApp, corpId, clientId } = dingtalk;
  return inApp && corpId !== null && /DingTalk/i.test(userAgent ?? '') ? { corpId, clientId } : null;
}
