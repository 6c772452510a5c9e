import type { Metadata } from 'next';
import { PageFrame } from '#app/page-frame.tsx';
import { requireOperator } from '#app/require-operator.ts';
import { AttentionView } from '#components/alerts/alerts-view.tsx';
import { ServicePlaces } from '#components/diagnostics/admin-navigation.tsx';
import { MessagesProvider } from '#components/layout/messages-provider.tsx';
import { NothingHere } from '#components/ui/list/empty-list.tsx';
import { mayOpen } from '#lib/domain/access/route-policy.ts';
import { findingTitles, partMessages } from '#lib/i18n/messages.ts';
import { requestChoices, requestTranslations } from '#lib/i18n/request-texts.ts';
import { runtime } from '#lib/server/runtime.ts';
import { describeAttention } from '#lib/services/alerts/describe-alerts.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestTranslations())('attention.title') };
}

export default async function AttentionPage() {
  const { auth, services } = await runtime();
  const operator = await requireOperator(auth, '/alerts');
  const [t, { theme, locale }] = await Promise.all([requestTranslations(), requestChoices()]);
  const known = mayOpen(operator.role, '/alerts') ? await describeAttention(services, operator) : null;
  return (
    <PageFrame name={t('app.name')} theme={theme} operator={operator}>
      {known ? (
        <MessagesProvider
          messages={{ ...partMessages(locale, ['attention', 'service', 'list']), ...findingTitles(locale) }}
        >
          <ServicePlaces />
          <AttentionView reader={`${operator.role} ${operator.subject}`} known={known} />
        </MessagesProvider>
      ) : (
        <NothingHere
          title={t('problems.not-permitted.role.title')}
          why={t('attention.forAdmins')}
          wayOut={t('lookUp.title')}
        />
      )}
    </PageFrame>
  );
}
