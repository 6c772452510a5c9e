import type { Metadata } from 'next';
import { refOf } from '#app/devices/device-page.tsx';
import { PageFrame } from '#app/page-frame.tsx';
import { requireOperator } from '#app/require-operator.ts';
import { MessagesProvider } from '#components/layout/messages-provider.tsx';
import { ChecklistView } from '#components/notes/checklist-view.tsx';
import { NothingHere } from '#components/ui/list/empty-list.tsx';
import { partMessages } from '#lib/i18n/messages.ts';
import { requestChoices, requestTranslations } from '#lib/i18n/request-texts.ts';
import { checklistPath } from '#lib/queries/notes/checks.ts';
import { runtime } from '#lib/server/runtime.ts';
import { findKnownDevice } from '#lib/services/devices/known-device.ts';

type Props = { params: Promise<{ deviceId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ deviceId }, t] = await Promise.all([params, requestTranslations()]);
  return { title: t('checklist.documentTitle', { id: refOf('deviceId', deviceId)?.id ?? '' }) };
}

/** Questions for whoever stands before a device, most often on a phone that has just read its label. */
export default async function ChecklistPage({ params }: Props) {
  const { deviceId } = await params;
  const { auth, services } = await runtime();
  const ref = refOf('deviceId', deviceId);
  const operator = await requireOperator(auth, checklistPath(ref?.id ?? deviceId));
  const [t, { theme, locale }, known] = await Promise.all([
    requestTranslations(),
    requestChoices(),
    ref && findKnownDevice(services, operator, ref),
  ]);
  return (
    <PageFrame name={t('app.name')} theme={theme} operator={operator}>
      {ref ? (
        <MessagesProvider messages={partMessages(locale, ['checklist'])}>
          <ChecklistView key={ref.id} deviceRef={ref} known={known} />
        </MessagesProvider>
      ) : (
        <NothingHere title={t('page.badId')} why={t('page.badIdWhy')} wayOut={t('problem.lookUpAnother')} />
      )}
    </PageFrame>
  );
}
