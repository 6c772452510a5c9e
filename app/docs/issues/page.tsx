import type { Metadata } from 'next';
import { PageFrame } from '#app/page-frame.tsx';
import { requireOperator } from '#app/require-operator.ts';
import { IssueReference } from '#components/issues/issue-reference.tsx';
import { requestChoices, requestTranslations } from '#lib/i18n/request-texts.ts';
import { runtime } from '#lib/server/runtime.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestTranslations())('issueReference.title') };
}

/** Every issue that Rooms Desk detects, with its meaning and fix. */
export default async function IssuesPage() {
  const { auth } = await runtime();
  const operator = await requireOperator(auth, '/docs/issues');
  const [t, { theme }] = await Promise.all([requestTranslations(), requestChoices()]);
  return (
    <PageFrame name={t('app.name')} theme={theme} operator={operator}>
      <IssueReference />
    </PageFrame>
  );
}
