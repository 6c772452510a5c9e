'use client';

import { useTranslations } from 'use-intl';
import { UnitLink } from '#components/devices/device-at-a-glance.tsx';
import { useFindingTitle } from '#components/findings/finding-title.ts';
import { Findings } from '#components/findings/findings.tsx';
import { SeverityIcon } from '#components/findings/severity-icon.tsx';
import { isFindingCode, severityOf } from '#lib/domain/findings/finding.ts';
import type { RoomAnswer } from '#lib/domain/rooms/rooms-answer.ts';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';
import { worstFirst } from './worst-first.ts';

/** What is wrong with the room and, each with the way to it, with the devices in it; nothing where nothing is. */
export function RoomFindings({ room }: { room: RoomAnswer['room'] }) {
  const t = useTranslations('issues');
  const title = useFindingTitle();
  if (room.findings.length > 0)
    return <Findings findings={room.findings} seen={{ ...room, receivedAt: firstSeenAt(room) }} />;
  const troubled = worstFirst(room.devices).filter(({ findings }) => findings.some(isFindingCode));
  if (troubled.length === 0) return null;
  return (
    <section aria-label={t('title')} className="mt-4 border-line border-y">
      <ul className="divide-y divide-line">
        {troubled.map((device, at) =>
          device.findings.filter(isFindingCode).map((code) => (
            <li
              key={`${device.key || at} ${code}`}
              className="flex min-w-0 flex-wrap items-baseline gap-x-3 py-2"
            >
              <span className="flex min-w-0 items-center gap-2 font-semibold">
                <SeverityIcon
                  severity={severityOf(code)}
                  word={t(`severity.${severityOf(code)}`)}
                  className="size-4 shrink-0"
                />
                {title(code)}
              </span>
              <UnitLink device={device} />
            </li>
          )),
        )}
      </ul>
    </section>
  );
}
