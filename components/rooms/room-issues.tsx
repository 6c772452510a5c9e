'use client';

import { useTranslations } from 'use-intl';
import { UnitLink } from '#components/devices/device-at-a-glance.tsx';
import { useIssueTitle } from '#components/issues/issue-title.ts';
import { Issues } from '#components/issues/issues.tsx';
import { SeverityIcon } from '#components/issues/severity-icon.tsx';
import type { RoomAnswer } from '#lib/api/rooms/room-answers.ts';
import { isIssueCode, severityOf } from '#lib/domain/issues/issue.ts';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';
import { worstFirst } from './worst-first.ts';

/** What is wrong with the room and, each with the way to it, with the devices in it; nothing where nothing is. */
export function RoomIssues({ room }: { room: RoomAnswer['room'] }) {
  const t = useTranslations('issues');
  const title = useIssueTitle();
  if (room.issues.length > 0)
    return <Issues issues={room.issues} seen={{ ...room, receivedAt: firstSeenAt(room) }} />;
  const troubled = worstFirst(room.devices).filter(({ issues }) => issues.some(isIssueCode));
  if (troubled.length === 0) return null;
  return (
    <section aria-label={t('title')} className="mt-4 border-line border-y">
      <ul className="divide-y divide-line">
        {troubled.map((device, at) =>
          device.issues.filter(isIssueCode).map((code) => (
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
