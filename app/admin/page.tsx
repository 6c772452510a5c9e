import type { Metadata } from 'next';
import { PageFrame } from '#app/page-frame.tsx';
import { requireOperator } from '#app/require-operator.ts';
import { AdminNavigation } from '#components/diagnostics/admin-navigation.tsx';
import { ServiceView } from '#components/diagnostics/system-view.tsx';
import { MessagesProvider } from '#components/layout/messages-provider.tsx';
import { NothingHere } from '#components/ui/list/empty-list.tsx';
import { mayOpen } from '#lib/domain/access/route-policy.ts';
import { partMessages } from '#lib/i18n/messages.ts';
import { requestChoices, requestTranslations } from '#lib/i18n/request-texts.ts';
import { runtime } from '#lib/server/runtime.ts';
import { describeService } from '#lib/services/diagnostics/describe-system.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestTranslations())('admin.title') };
}

export default async function ServicePage() {
  const { auth, services } = await runtime();
  const operator = await requireOperator(auth, '/admin');
  const [t, { theme, locale }] = await Promise.all([requestTranslations(), requestChoices()]);
  const known = mayOpen(operator.role, '/admin') ? await describeService(services, operator) : null;
  return (
    <PageFrame name={t('app.name')} theme={theme} operator={operator} notice={known === null}>
      {known ? (
        <MessagesProvider
          messages={partMessages(locale, ['admin', 'systemIssues', 'doctor', 'lastKnownNotice'])}
        >
          <AdminNavigation />
          <ServiceView known={known} />
        </MessagesProvider>
      ) : (
        <NothingHere
          title={t('problems.not-permitted.role.title')}
          why={t('admin.forAdmins')}
          wayOut={t('home.title')}
        />
      )}
    </PageFrame>
  );
}
