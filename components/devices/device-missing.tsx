'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { buttonClass } from '#components/ui/button.tsx';
import { ProblemPanel } from '#components/ui/problem-panel.tsx';
import { type DeviceRef, devicePath } from '#lib/domain/devices/device-ref.ts';
import { shownProblem } from '#lib/queries/fetch-json.ts';
import { ErrorActions } from './error-actions.tsx';

type Props = { deviceRef: DeviceRef; error: Error; onRetry: () => void };

/** No answer and nothing known: what happened and every way on from here. */
export function DeviceMissing({ deviceRef, error, onRetry }: Props) {
  const t = useTranslations('problem');
  const device = useTranslations('device');
  const problem = shownProblem(error);
  const other: DeviceRef = { by: deviceRef.by === 'deviceId' ? 'unionId' : 'deviceId', id: deviceRef.id };
  const notFound = problem.reason === 'device-not-found.device';
  return (
    <>
      <p className="mb-3 text-quiet">
        {device(deviceRef.by)} <span className="identifier text-text">{deviceRef.id}</span>
      </p>
      <ProblemPanel
        problem={problem}
        level="page"
        actions={
          <>
            <ErrorActions problem={problem} busy={false} onRetry={onRetry} />
            {notFound && (
              <Link href={devicePath(other)} prefetch={false} className={buttonClass()}>
                {device(`ask.${other.by}`)}
              </Link>
            )}
            <Link href="/" className={buttonClass()}>
              {t('lookUpAnother')}
            </Link>
          </>
        }
      />
    </>
  );
}
