import { after } from 'next/server';
import { PageFrame } from '#app/page-frame.tsx';
import { Refused, refusal } from '#app/refused.tsx';
import { requireOperator } from '#app/require-operator.ts';
import { paramsOf, type SentParams } from '#app/search-params.ts';
import { DeviceAsOf } from '#components/devices/device-as-of.tsx';
import { DeviceView } from '#components/devices/device-view.tsx';
import { MessagesProvider } from '#components/layout/messages-provider.tsx';
import { NotesView } from '#components/notes/notes-view.tsx';
import { NothingHere } from '#components/ui/list/empty-list.tsx';
import { momentsIn } from '#lib/api/history/moment.ts';
import type { Operator } from '#lib/domain/access/operator.ts';
import { type DeviceRef, devicePath, whyNotAnId } from '#lib/domain/devices/device-ref.ts';
import { AppError } from '#lib/domain/errors.ts';
import { checkTexts, partMessages } from '#lib/i18n/messages.ts';
import { requestChoices, requestTranslations } from '#lib/i18n/request-texts.ts';
import { runtime } from '#lib/server/runtime.ts';
import { getDeviceAsOf } from '#lib/services/devices/known-as-of.ts';
import { findKnownDevice } from '#lib/services/devices/known-device.ts';
import { notesOn } from '#lib/services/notes/notes.ts';
import { noteVisit } from '#lib/services/search/pins-and-recents.ts';

type Props = { by: DeviceRef['by']; segment: string; searchParams: SentParams };

/** A device under either of its names: drawn from what is known, taken over by the live question in the browser. */
export async function DevicePage({ by, segment, searchParams }: Props) {
  const { auth, config, services } = await runtime();
  const ref = refOf(by, segment);
  const params = await paramsOf(searchParams);
  const path = devicePath(ref ?? { by, id: segment });
  const operator = await requireOperator(auth, params.size === 0 ? path : `${path}?${params}`);
  if (ref && (params.has('at') || params.has('against'))) {
    return <DeviceThenPage deviceRef={ref} operator={operator} asked={momentsIn(params)} />;
  }
  const [t, { theme, locale }, known, notes] = await Promise.all([
    requestTranslations(),
    requestChoices(),
    ref && findKnownDevice(services, operator, ref),
    ref && notesOn(services, operator, { ref }),
  ]);
  if (ref && known) after(() => noteVisit(services, operator, ref));
  return (
    <PageFrame name={t('app.name')} theme={theme} operator={operator}>
      {ref ? (
        <MessagesProvider
          messages={{
            ...partMessages(locale, [
              'around',
              'issues',
              'history',
              'labels',
              'snapshots',
              ...(notes ? ['notes' as const] : []),
            ]),
            ...checkTexts(locale),
          }}
        >
          <DeviceView
            key={`${ref.by} ${ref.id}`}
            deviceRef={ref}
            known={known}
            freshForMs={services.freshForMs}
            appUrl={config.appUrl}
            notes={notes && <NotesView {...notes} />}
          />
        </MessagesProvider>
      ) : (
        <NothingHere title={t('page.badId')} why={t('page.badIdWhy')} wayOut={t('problem.lookUpAnother')} />
      )}
    </PageFrame>
  );
}

type ThenProps = { deviceRef: DeviceRef; operator: Operator; asked: ReturnType<typeof momentsIn> };

/** The same as it was known at a moment. */
async function DeviceThenPage({ deviceRef, operator, asked }: ThenProps) {
  const { config, services } = await runtime();
  const [t, { theme, locale }, found] = await Promise.all([
    requestTranslations(),
    requestChoices(),
    asked?.at !== undefined
      ? getDeviceAsOf(services, operator, deviceRef, asked).catch(refusal)
      : new AppError('invalid-question.moment'),
  ]);
  return (
    <PageFrame name={t('app.name')} theme={theme} operator={operator}>
      {found instanceof AppError ? (
        <Refused error={found} now={devicePath(deviceRef)} />
      ) : (
        <MessagesProvider messages={partMessages(locale, ['issues', 'history', 'snapshots'])}>
          <DeviceAsOf deviceRef={deviceRef} answer={found} appUrl={config.appUrl} />
        </MessagesProvider>
      )}
    </PageFrame>
  );
}

/** The id in an address, or null when it cannot be one. */
export function refOf(by: DeviceRef['by'], segment: string): DeviceRef | null {
  try {
    const id = decodeURIComponent(segment);
    return whyNotAnId(id) === null ? { by, id } : null;
  } catch {
    return null;
  }
}
