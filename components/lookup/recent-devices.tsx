'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { StatusBadge } from '#components/device/status-badge.tsx';
import { SeenAge } from '#components/ui/age.tsx';
import type { DeviceAnswer } from '#lib/domain/answer.ts';
import { devicePath } from '#lib/domain/device-ref.ts';

/** The devices this desk saw last, so that the next person need not paste what the last one pasted. */
export function RecentDevices({ answers }: { answers: DeviceAnswer[] }) {
  const say = useTranslations('lookUp');
  return (
    <section aria-labelledby="recent" className="mt-10">
      <h2 id="recent" className="font-semibold text-quiet text-small">
        {say('recent')}
      </h2>
      {answers.length === 0 && <p className="mt-2 text-quiet">{say('recentNone')}</p>}
      <ul className="mt-2 divide-y divide-line border-line border-y empty:hidden">
        {answers.map((answer) => (
          <RecentRow key={answer.device.deviceId} answer={answer} />
        ))}
      </ul>
    </section>
  );
}

function RecentRow({ answer }: { answer: DeviceAnswer }) {
  const device = useTranslations('device');
  const { deviceId, name, room, status } = answer.device;
  if (deviceId === null) return null;
  return (
    <li className="grid gap-x-4 gap-y-0.5 py-2 sm:grid-cols-[minmax(0,1fr)_10rem_9rem] sm:items-center">
      <div className="min-w-0">
        <Link
          href={devicePath({ by: 'deviceId', id: deviceId })}
          prefetch={false}
          className="device-text font-medium text-accent underline underline-offset-2"
        >
          {name ?? device('unnamed')}
        </Link>
        <p className="device-text text-quiet">
          <span className="identifier">{deviceId}</span> · {room?.name ?? device('noRoom')}
        </p>
      </div>
      <StatusBadge status={status} />
      <span className="text-quiet sm:text-right">
        <SeenAge answer={answer} />
      </span>
    </li>
  );
}
