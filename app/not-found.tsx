import { PageFrame } from '#app/page-frame.tsx';
import { NothingHere } from '#components/ui/list/empty-list.tsx';
import { requestChoices, requestWords } from '#lib/i18n/request-texts.ts';

export default async function NotFound() {
  const [say, { theme }] = await Promise.all([requestWords(), requestChoices()]);
  return (
    <PageFrame name={say('app.name')} theme={theme} operator={null}>
      <NothingHere title={say('page.notFound')} why={say('page.notFoundWhy')} wayOut={say('lookUp.title')} />
    </PageFrame>
  );
}
