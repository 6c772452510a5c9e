import { PageFrame } from '#app/page-frame.tsx';
import { NothingHere } from '#components/ui/list/empty-list.tsx';
import { requestChoices, requestTranslations } from '#lib/i18n/request-texts.ts';

export default async function NotFound() {
  const [t, { theme }] = await Promise.all([requestTranslations(), requestChoices()]);
  return (
    <PageFrame name={t('app.name')} theme={theme} operator={null}>
      <NothingHere title={t('page.notFound')} why={t('page.notFoundWhy')} wayOut={t('home.title')} />
    </PageFrame>
  );
}
