'use client';

import { useTranslations } from 'use-intl';
import { ValueFact } from '#components/devices/shown-value.tsx';
import { Fact, FactList, Section } from '#components/ui/fact-list.tsx';
import { ShortAge } from '#components/ui/short-age.tsx';
import type { RoomAnswer } from '#lib/api/rooms/room-answers.ts';
import { ageAt } from '#lib/domain/devices/last-update.ts';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';

type Room = RoomAnswer['room'];

/** What the room is called elsewhere, and how old what is shown of it is. */
export function RoomRecord({ room }: { room: Room }) {
  const t = useTranslations('rooms.one');
  return (
    <Section title={t('record')}>
      <FactList>
        <ValueFact label={t('groupId')} value={room.group?.id ?? null} mono />
        <ValueFact label={t('externalId')} value={room.externalId} mono />
        <Fact label={t('listed')}>
          <ReadAt room={room} at={room.observedAt} from={t('listedFrom')} />
        </Fact>
        <Fact label={t('detail')}>
          {room.detailAt === null ? (
            <span className="text-quiet">{t('never')}</span>
          ) : (
            <ReadAt room={room} at={room.detailAt} from={t('detailFrom')} />
          )}
        </Fact>
      </FactList>
    </Section>
  );
}

function ReadAt({ room, at, from }: { room: Room; at: string; from: string }) {
  return (
    <span>
      <ShortAge as="age" at={at} ageMs={ageAt(at, room)} receivedAt={firstSeenAt(room)} />
      <span className="block text-quiet text-small">{from}</span>
    </span>
  );
}
