'use client';

import { useSyncExternalStore } from 'react';
import { useLocale } from 'use-intl';

const never = () => () => undefined;

/** The reader's time zone; UTC while the server draws, so that both draw the same first. */
export function useTimeZone(): string {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => 'UTC',
  );
}

/** A moment as the reader writes it, in their zone, with the zone named. */
export function useMomentText(): (iso: string) => string {
  const locale = useLocale();
  const timeZone = useTimeZone();
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long', timeZone });
  return (iso) => format.format(new Date(iso));
}

/** An absolute moment, readable by machines too. `iso` is ISO 8601 UTC. */
export function Moment({ iso }: { iso: string }) {
  return <time dateTime={iso}>{useMomentText()(iso)}</time>;
}
