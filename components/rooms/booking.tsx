'use client';

import { useTranslations } from 'use-intl';
import type { BookingRight } from '#lib/domain/rooms/room.ts';

/** Who may book a room, in words. */
export function useBookingText(): (right: BookingRight) => string {
  const t = useTranslations('rooms');
  return ({ who, raw }) =>
    who === 'unknown' ? t('booking.unknown', { raw: raw ?? '' }) : t(`booking.${who}`);
}

/** Whether DingTalk said who may book; its list of rooms does not. */
export const isSaid = ({ who, raw }: BookingRight) => who !== 'unknown' || raw !== null;

/**
 * The booking right as what it is: a right, and nothing about how the room does. It names itself where the list has
 * no header for it.
 */
export function Booking({ right }: { right: BookingRight }) {
  const t = useTranslations('rooms');
  const word = useBookingText()(right);
  // A column of "not said" is read by nobody.
  if (!isSaid(right)) return null;
  return (
    <span title={t('bookingWhy')}>
      <span className="lg:hidden">{t('bookingIs', { who: word })}</span>
      <span className="max-lg:hidden">{word}</span>
    </span>
  );
}
