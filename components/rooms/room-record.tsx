'use client';

import { useTranslations } from 'use-intl';
import { ValueFact } from '#components/devices/shown-value.tsx';
import { Fact, FactList, Section } from '#components/ui/fact-list.tsx';
import { ShortAge } from '#components/ui/short-age.tsx';
import type { RoomAnswer } from '#lib/domain/rooms/rooms-answer.ts';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';

type Room = RoomAnswer['room'];

/** What the room is called elsewhere, and how old what is shown of it is. */
export function RoomRecord({ room }: { room: Room }) {
  const say = useTranslations('rooms.one');
  return (
    <Section title={say('record')}>
      <FactList>
        <ValueFact label={say('groupId')} value={room.group?.id ?? null} mono />
        <ValueFact label={say('externalId')} value={room.externalId} mono />
        <Fact label={say('listed')}>
          <ReadAt room={room} at={room.observedAt} from={say('listedFrom')} />
        </Fact>
        <Fact label={say('detail')}>
          {room.detailAt === null ? (
            <span className="text-quiet">{say('never')}</span>
          ) : (
            <ReadAt room={room} at={room.detailAt} from={say('detailFrom')} />
          )}
        </Fact>
      </FactList>
    </Section>
  );
}

function ReadAt({ room, at, from }: { room: Room; at: string; from: string }) {
  // Both moments are the server's own, so their distance is true whatever the clock here says.
  const ageMs = Math.max(0, room.ageMs + Date.parse(room.observedAt) - Date.parse(at));
  return (
    <span>
      <ShortAge as="age" at={at} ageMs={ageMs} receivedAt={firstSeenAt(room)} />
      <span className="block text-quiet text-small">{from}</span>
    </span>
  );
}
