'use client';

import { useTranslations } from 'use-intl';
import { ValueFact } from '#components/device/shown-value.tsx';
import { Fact, FactList, Section } from '#components/ui/fact-list.tsx';
import { ShortAge } from '#components/ui/short-age.tsx';
import type { RoomAnswer } from '#lib/domain/rooms-answer.ts';
import { firstSeenAt } from '#lib/queries/first-seen.ts';

type Room = RoomAnswer['room'];

/** What the room is called elsewhere, and how old what is shown of it is. */
export function RoomRecord({ room }: { room: Room }) {
  const say = useTranslations('rooms.one');
  return (
    <Section title={say('record')}>
      <FactList>
        <ValueFact label={say('roomId')} value={room.id} mono />
        <ValueFact label={say('groupId')} value={room.group?.id ?? null} mono />
        <ValueFact label={say('externalId')} value={room.externalId} mono />
        <Fact label={say('listed')}>
          <span title={say('listedWhy')}>
            <ReadAt room={room} at={room.observedAt} />
          </span>
        </Fact>
        <Fact label={say('detail')}>
          <span title={say('detailWhy')}>
            {room.detailAt === null ? say('never') : <ReadAt room={room} at={room.detailAt} />}
          </span>
        </Fact>
      </FactList>
    </Section>
  );
}

function ReadAt({ room, at }: { room: Room; at: string }) {
  // Both moments are the server's own, so their distance is true whatever the clock here says.
  const ageMs = Math.max(0, room.ageMs + Date.parse(room.observedAt) - Date.parse(at));
  return <ShortAge as="age" at={at} ageMs={ageMs} receivedAt={firstSeenAt(room)} />;
}
