'use client';

import { useTranslations } from 'use-intl';
import { NoValue, ValueFact } from '#components/devices/shown-value.tsx';
import { Fact, FactList, Section } from '#components/ui/fact-list.tsx';
import type { RoomAnswer } from '#lib/api/rooms/room-answers.ts';
import { isSaid, useBookingText } from './booking.tsx';

type Room = RoomAnswer['room'];

/** What is known of the room itself. */
export function RoomFacts({ room }: { room: Room }) {
  const t = useTranslations('rooms.one');
  const why = useTranslations('rooms')('bookingWhy');
  const booking = useBookingText();
  const place = [room.location?.title, room.location?.description].filter(Boolean).join(' · ');
  return (
    <Section title={t('about')}>
      <FactList>
        <Fact label={t('seats')}>{room.capacity ?? <NoValue concealed={false} />}</Fact>
        <ValueFact label={t('location')} value={place || null} />
        <Fact label={t('labels')}>
          <Labels room={room} />
        </Fact>
        <Fact label={t('booking')}>
          {isSaid(room.bookingRight) ? (
            <span title={why}>
              {booking(room.bookingRight)}
              <span className="sr-only">. {why}</span>
            </span>
          ) : (
            <NoValue concealed={false} />
          )}
        </Fact>
        <Fact label={t('description')}>
          {room.description ? (
            <span className="device-text whitespace-pre-line">{room.description}</span>
          ) : (
            <NoValue concealed={false} />
          )}
        </Fact>
      </FactList>
    </Section>
  );
}

function Labels({ room }: { room: Room }) {
  const t = useTranslations('rooms.one');
  if (room.labels.length === 0) return <NoValue concealed={false} />;
  return (
    <ul className="flex flex-wrap gap-x-3">
      {room.labels.map(({ id, name }, at) => (
        // Labels may repeat in vendor data; their place tells them apart.
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced whole with each answer
        <li key={at} className="device-text">
          {name ?? t('labelUnnamed', { id: id ?? '' })}
        </li>
      ))}
    </ul>
  );
}
