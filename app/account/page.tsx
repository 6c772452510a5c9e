import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { PageFrame } from '#app/page-frame.tsx';
import { requireOperator } from '#app/require-operator.ts';
import { AccountView } from '#components/access/account-view.tsx';
import { MessagesProvider } from '#components/layout/messages-provider.tsx';
import { RoleReason } from '#components/layout/role-reason.tsx';
import { currentSession } from '#lib/auth/require-operator.ts';
import { partMessages } from '#lib/i18n/messages.ts';
import { requestChoices, requestTranslations } from '#lib/i18n/request-texts.ts';
import { runtime } from '#lib/server/runtime.ts';
import { listOwnSessions } from '#lib/services/access/own-sessions.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestTranslations())('account.title') };
}

export default async function AccountPage() {
  const { auth, services } = await runtime();
  const operator = await requireOperator(auth, '/account');
  const [t, { theme, locale }, session] = await Promise.all([
    requestTranslations(),
    requestChoices(),
    currentSession(auth),
  ]);
  if (!session) redirect('/sign-in?callbackUrl=%2Faccount');
  return (
    <PageFrame name={t('app.name')} theme={theme} operator={operator}>
      <MessagesProvider messages={partMessages(locale, ['account', 'admin'])}>
        <AccountView
          name={operator.name}
          why={<RoleReason reason={operator.roleReason} />}
          known={await listOwnSessions(services, session)}
        />
      </MessagesProvider>
    </PageFrame>
  );
}
