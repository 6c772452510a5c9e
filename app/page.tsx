import { redirect } from 'next/navigation';
import { LookUpBox } from '#components/lookup/look-up-box.tsx';
import { RecentDevices } from '#components/lookup/recent-devices.tsx';
import { PageFrame } from '#components/shell/page-frame.tsx';
import { requireOperator } from '#lib/auth/require-operator.ts';
import { devicePath } from '#lib/domain/device-ref.ts';
import { readIdentifier } from '#lib/domain/identifier.ts';
import { runtime } from '#lib/runtime.ts';
import { listRecentDevices } from '#lib/services/known-device.ts';
import { requestChoices, requestWords } from '#lib/words/request-words.ts';

const RECENT = 8;

type Props = { searchParams: Promise<{ q?: string | string[] }> };

export default async function LookUpPage({ searchParams }: Props) {
  const { auth, config, services } = await runtime();
  const { q } = await searchParams;
  const sent = typeof q === 'string' ? q : '';
  const operator = await requireOperator(auth, sent ? `/?q=${encodeURIComponent(sent)}` : '/');
  // A form that was sent before its script ran still leads to the device.
  const found = readIdentifier(sent, config.appUrl);
  if ('ref' in found) redirect(devicePath(found.ref) as never);
  const [say, { theme }, recent] = await Promise.all([
    requestWords(),
    requestChoices(),
    listRecentDevices(services, operator, RECENT),
  ]);
  return (
    <PageFrame name={say('app.name')} theme={theme} operator={operator} lookUpIn={null}>
      <div className="mx-auto max-w-2xl md:pt-10">
        <h1 className="mb-4 font-semibold text-title">{say('lookUp.title')}</h1>
        <LookUpBox appUrl={config.appUrl} size="page" sent={sent} />
        <RecentDevices answers={recent} />
      </div>
    </PageFrame>
  );
}
