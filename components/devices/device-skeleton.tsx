'use client';

import { useTranslations } from 'use-intl';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';

const bar = 'rounded bg-sunken';

type Props = {
  deviceRef: DeviceRef /** Whether DingTalk is asked, which not everybody may. */;
  asking: boolean;
};

/** The size and place of what is awaited, so that nothing moves when it comes. */
export function DeviceSkeleton({ deviceRef: { by, id }, asking }: Props) {
  const t = useTranslations('device');
  return (
    <div>
      <p className="text-quiet">{t(by)}</p>
      <div role="status" className="mt-1">
        <h1 className="font-semibold text-title">
          {t.rich(asking ? 'looking' : 'reading', {
            id,
            name: (text) => <span className="identifier text-large">{text}</span>,
          })}
        </h1>
      </div>
      <p className="mt-1 text-quiet">{t(asking ? 'lookingWhy' : 'readingWhy')}</p>
      <div aria-hidden className="mt-3 flex h-8 items-center">
        <div className="h-0.5 w-full overflow-hidden rounded bg-sunken">
          <div className="progress-run h-full w-1/4 bg-accent" />
        </div>
      </div>
      <div aria-hidden className="mt-6 grid gap-x-10 md:grid-cols-2 lg:grid-cols-3">
        {[0, 1, 2].map((column) => (
          <div key={column} className="border-line border-t py-4">
            <div className={`h-4 w-24 ${bar}`} />
            {[0, 1, 2, 3, 4].map((row) => (
              <div key={row} className="mt-3 flex gap-3">
                <div className={`h-4 w-24 ${bar}`} />
                <div className={`h-4 flex-1 ${bar}`} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
