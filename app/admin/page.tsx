import type { Metadata } from 'next';
import { PageFrame } from '#app/page-frame.tsx';
import { requireOperator } from '#app/require-operator.ts';
import { ServicePlaces } from '#components/diagnostics/admin-navigation.tsx';
import { ServiceView } from '#components/diagnostics/system-view.tsx';
import { MoreWords } from '#components/layout/messages-provider.tsx';
import { NothingHere } from '#components/ui/list/empty-list.tsx';
import { mayOpen } from '#lib/domain/access/route-policy.ts';
import { partMessages } from '#lib/i18n/messages.ts';
import { requestChoices, requestWords } from '#lib/i18n/request-texts.ts';
import { runtime } from '#lib/server/runtime.ts';
import { describeService } from '#lib/services/diagnostics/describe-system.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestWords())('service.title') };
}

export default async function ServicePage() {
  const { auth, services } = await runtime();
  const operator = await requireOperator(auth, '/admin');
  const [say, { theme, locale }] = await Promise.all([requestWords(), requestChoices()]);
  const known = mayOpen(operator.role, '/admin') ? await describeService(services, operator) : null;
  return (
    <PageFrame name={say('app.name')} theme={theme} operator={operator} notice={known === null}>
      {known ? (
        <MoreWords messages={partMessages(locale, ['service', 'deskTroubles', 'doctor'])}>
          <ServicePlaces />
          <ServiceView reader={`${operator.role} ${operator.subject}`} known={known} />
        </MoreWords>
      ) : (
        <NothingHere
          title={say('problems.not-permitted.role.title')}
          why={say('service.forAdmins')}
          wayOut={say('lookUp.title')}
        />
      )}
    </PageFrame>
  );
}
