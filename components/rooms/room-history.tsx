'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'use-intl';
import { CutText } from '#components/ui/cut-text.tsx';
import { Section } from '#components/ui/fact-list.tsx';
import type { RoomAnswer } from '#lib/api/rooms/room-answers.ts';
import { USUAL_DAYS } from '#lib/domain/history/history-window.ts';

// The devices are what people come for; how they were comes after them, in a place of its size.
const UnitTimeline = dynamic(
  () => import('#components/history/device-timeline.tsx').then(({ UnitTimeline }) => UnitTimeline),
  { ssr: false, loading: () => <div className="h-10" /> },
);

type Props = {
  room: RoomAnswer['room'];
};

/** How the devices of the room were in the last days, a line each. Absent where none was ever read. */
export function RoomHistory({ room }: Props) {
  const t = useTranslations('history');
  const device = useTranslations('device');
  const read = room.devices.flatMap(({ deviceId, name, observedAt }) =>
    deviceId === null || observedAt === null ? [] : [{ deviceId, name: name ?? device('unnamed') }],
  );
  if (read.length === 0) return null;
  return (
    <Section title={t('window.days', { n: USUAL_DAYS })}>
      <ul className="space-y-3">
        {read.map(({ deviceId, name }) => (
          <li key={deviceId} className="grid gap-x-4 sm:grid-cols-[10rem_minmax(0,1fr)]">
            <CutText text={name} className="text-quiet" />
            <UnitTimeline deviceId={deviceId} name={name} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
