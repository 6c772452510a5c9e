import type { Metadata } from 'next';
import { PageFrame } from '#app/page-frame.tsx';
import { requireOperator } from '#app/require-operator.ts';
import { paramsOf, type SentParams } from '#app/search-params.ts';
import { CompareView } from '#components/devices/compare/compare-view.tsx';
import { MessagesProvider } from '#components/layout/messages-provider.tsx';
import { comparedIn } from '#lib/api/devices/compare-request.ts';
import { comparePath } from '#lib/domain/devices/comparison.ts';
import { partMessages } from '#lib/i18n/messages.ts';
import { requestChoices, requestTranslations } from '#lib/i18n/request-texts.ts';
import { runtime } from '#lib/server/runtime.ts';
import { findComparison } from '#lib/services/devices/compare-devices.ts';

type Props = { searchParams: SentParams };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestTranslations())('compare.documentTitle') };
}

/** Two devices side by side, as they are known now; either may be left to be chosen. */
export default async function ComparePage({ searchParams }: Props) {
  const { auth, config, services } = await runtime();
  const asked = comparedIn(await paramsOf(searchParams));
  const operator = await requireOperator(auth, comparePath(asked.left, asked.right));
  const [t, { theme, locale }, comparing] = await Promise.all([
    requestTranslations(),
    requestChoices(),
    findComparison(services, operator, asked),
  ]);
  return (
    <PageFrame name={t('app.name')} theme={theme} operator={operator}>
      <MessagesProvider messages={partMessages(locale, ['compare', 'issues', 'history', 'snapshots'])}>
        <CompareView asked={asked} comparing={comparing} appUrl={config.appUrl} />
      </MessagesProvider>
    </PageFrame>
  );
}
