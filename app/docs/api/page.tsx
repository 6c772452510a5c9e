import type { Metadata } from 'next';
import { PageFrame } from '#app/page-frame.tsx';
import { requireOperator } from '#app/require-operator.ts';
import { ApiReference } from '#components/api-docs/api-reference.tsx';
import { apiDocument } from '#lib/api/openapi/document.ts';
import { requestChoices, requestTranslations } from '#lib/i18n/request-texts.ts';
import { runtime } from '#lib/server/runtime.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestTranslations())('apiDocs.title') };
}

/** The reference of the API, drawn from the OpenAPI document. */
export default async function ApiDocsPage() {
  const { auth, config } = await runtime();
  const operator = await requireOperator(auth, '/docs/api');
  const [t, { theme }] = await Promise.all([requestTranslations(), requestChoices()]);
  return (
    <PageFrame name={t('app.name')} theme={theme} operator={operator}>
      <ApiReference document={apiDocument(config.appUrl)} />
    </PageFrame>
  );
}
