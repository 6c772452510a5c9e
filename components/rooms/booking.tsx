'use client';

import { useTranslations } from 'use-intl';
import type { BookingRight } from '#lib/domain/room.ts';

/** Who may book a room, in words. */
export function useBookingWord(): (right: BookingRight) => string {
  const say = useTranslations('rooms');
  return ({ who, raw }) => {
    if (who !== 'unknown') return say(`booking.${who}`);
    return raw === null ? say('booking.notSaid') : say('booking.unknown', { raw });
  };
}

/**
 * The booking right as what it is: a right, and nothing about how the room does. With a label, for where no header
 * says what it is.
 */
export function Booking({ right, labelled }: { right: BookingRight; labelled: boolean }) {
  const say = useTranslations('rooms');
  const word = useBookingWord()(right);
  // DingTalk leaves it out of its list of rooms; a column of "not said" is read by nobody.
  if (right.who === 'unknown' && right.raw === null) return null;
  if (!labelled) return word;
  return (
    <span title={say('bookingWhy')}>
      <span className="lg:hidden">{say('bookingIs', { who: word })}</span>
      <span className="max-lg:hidden">{word}</span>
    </span>
  );
}
