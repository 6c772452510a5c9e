import type { Metadata } from 'next';
import { PageFrame } from '#app/page-frame.tsx';
import { requireOperator } from '#app/require-operator.ts';
import { AttentionView } from '#components/alerts/alerts-view.tsx';
import { ServicePlaces } from '#components/diagnostics/admin-navigation.tsx';
import { MoreWords } from '#components/layout/messages-provider.tsx';
import { NothingHere } from '#components/ui/list/empty-list.tsx';
import { mayOpen } from '#lib/domain/access/route-policy.ts';
import { findingTitles, partMessages } from '#lib/i18n/messages.ts';
import { requestChoices, requestWords } from '#lib/i18n/request-texts.ts';
import { runtime } from '#lib/server/runtime.ts';
import { describeAttention } from '#lib/services/alerts/describe-alerts.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestWords())('attention.title') };
}

export default async function AttentionPage() {
  const { auth, services } = await runtime();
  const operator = await requireOperator(auth, '/alerts');
  const [say, { theme, locale }] = await Promise.all([requestWords(), requestChoices()]);
  const known = mayOpen(operator.role, '/alerts') ? await describeAttention(services, operator) : null;
  return (
    <PageFrame name={say('app.name')} theme={theme} operator={operator}>
      {known ? (
        <MoreWords
          messages={{ ...partMessages(locale, ['attention', 'service', 'list']), ...findingTitles(locale) }}
        >
          <ServicePlaces />
          <AttentionView reader={`${operator.role} ${operator.subject}`} known={known} />
        </MoreWords>
      ) : (
        <NothingHere
          title={say('problems.not-permitted.role.title')}
          why={say('attention.forAdmins')}
          wayOut={say('lookUp.title')}
        />
      )}
    </PageFrame>
  );
}
