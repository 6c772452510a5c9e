import { LookUpBox } from '#components/lookup/look-up-box.tsx';
import { RecentDevices } from '#components/lookup/recent-devices.tsx';
import { PageFrame } from '#components/shell/page-frame.tsx';
import { requireOperator } from '#lib/auth/require-operator.ts';
import { runtime } from '#lib/runtime.ts';
import { listRecentDevices } from '#lib/services/known-device.ts';
import { requestChoices, requestWords } from '#lib/words/request-words.ts';

const RECENT = 8;

export default async function LookUpPage() {
  const { auth, config, services } = await runtime();
  const operator = await requireOperator(auth, '/');
  const [say, { theme }, recent] = await Promise.all([
    requestWords(),
    requestChoices(),
    listRecentDevices(services, operator, RECENT),
  ]);
  return (
    <PageFrame name={say('app.name')} theme={theme} operator={operator} lookUpIn={null}>
      <div className="mx-auto max-w-2xl md:pt-10">
        <h1 className="mb-4 font-semibold text-title">{say('lookUp.title')}</h1>
        <LookUpBox appUrl={config.appUrl} size="page" />
        <RecentDevices answers={recent} />
      </div>
    </PageFrame>
  );
}
