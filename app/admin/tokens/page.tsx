import type { Metadata } from 'next';
import { PageFrame } from '#app/page-frame.tsx';
import { requireOperator } from '#app/require-operator.ts';
import { TokensView } from '#components/access/tokens-view.tsx';
import { AdminNavigation } from '#components/diagnostics/admin-navigation.tsx';
import { MessagesProvider } from '#components/layout/messages-provider.tsx';
import { NothingHere } from '#components/ui/list/empty-list.tsx';
import { currentSession } from '#lib/auth/require-operator.ts';
import { mayOpen } from '#lib/domain/access/route-policy.ts';
import { partMessages } from '#lib/i18n/messages.ts';
import { requestChoices, requestTranslations } from '#lib/i18n/request-texts.ts';
import { runtime } from '#lib/server/runtime.ts';
import { listTokens } from '#lib/services/access/api-tokens.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestTranslations())('tokens.title') };
}

export default async function TokensPage() {
  const { auth, services } = await runtime();
  const operator = await requireOperator(auth, '/admin/tokens');
  const [t, { theme, locale }, session] = await Promise.all([
    requestTranslations(),
    requestChoices(),
    currentSession(auth),
  ]);
  const may = session !== null && mayOpen(operator.role, '/admin/tokens');
  const known = may ? await listTokens(services, session) : null;
  return (
    <PageFrame name={t('app.name')} theme={theme} operator={operator}>
      {known ? (
        <MessagesProvider messages={partMessages(locale, ['tokens', 'admin'])}>
          <AdminNavigation />
          <TokensView known={known} />
        </MessagesProvider>
      ) : (
        <NothingHere
          title={t('problems.not-permitted.role.title')}
          why={t('tokens.forAdmins')}
          wayOut={t('home.title')}
        />
      )}
    </PageFrame>
  );
}
