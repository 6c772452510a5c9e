import { after } from 'next/server';
import { DeviceView } from '#components/device/device-view.tsx';
import { MoreWords } from '#components/shell/more-words.tsx';
import { PageFrame } from '#components/shell/page-frame.tsx';
import { NothingHere } from '#components/ui/nothing-here.tsx';
import { requireOperator } from '#lib/auth/require-operator.ts';
import { type DeviceRef, devicePath, whyNotAnId } from '#lib/domain/device-ref.ts';
import { runtime } from '#lib/runtime.ts';
import { noteVisit } from '#lib/services/at-hand.ts';
import { findKnownDevice } from '#lib/services/known-device.ts';
import { partMessages } from '#lib/words/messages.ts';
import { requestChoices, requestWords } from '#lib/words/request-words.ts';

/** A device under either of its names: drawn from what is known, taken over by the live question in the browser. */
export async function DevicePage({ by, segment }: { by: DeviceRef['by']; segment: string }) {
  const { auth, config, services } = await runtime();
  const ref = refOf(by, segment);
  const operator = await requireOperator(auth, devicePath(ref ?? { by, id: segment }));
  const [say, { theme, locale }, known] = await Promise.all([
    requestWords(),
    requestChoices(),
    ref && findKnownDevice(services, operator, ref),
  ]);
  if (ref && known) after(() => noteVisit(services, operator, ref));
  return (
    <PageFrame name={say('app.name')} theme={theme} operator={operator}>
      {ref ? (
        <MoreWords messages={partMessages(locale, ['history'])}>
          <DeviceView
            key={`${ref.by} ${ref.id}`}
            deviceRef={ref}
            reader={{ subject: operator.subject, role: operator.role }}
            known={known}
            freshForMs={services.freshForMs}
            appUrl={config.appUrl}
          />
        </MoreWords>
      ) : (
        <NothingHere
          title={say('page.badId')}
          why={say('page.badIdWhy')}
          wayOut={say('problem.lookUpAnother')}
        />
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
