'use client';

import { useLocale } from 'use-intl';
import { useDrawnByServer } from './use-drawn-by-server.ts';

/**
 * Writes a moment as the reader does, in their zone and with the zone named. The server does not know the zone and
 * its tables of words may be older than the browser's, so what it draws first is plain UTC, the same on both sides.
 */
export function useMomentText(): (iso: string) => string {
  const locale = useLocale();
  const drawnByServer = useDrawnByServer();
  if (drawnByServer) return (iso) => `${iso.slice(0, 19).replace('T', ' ')} UTC`;
  return (iso) => formatFor(locale).format(new Date(iso));
}

// Making one costs far more than using it, and a list uses it twice a row.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(locale: string): Intl.DateTimeFormat {
  const format =
    formats.get(locale) ?? new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long' });
  formats.set(locale, format);
  return format;
}

/** An absolute moment, readable by machines too. `iso` is ISO 8601 UTC. */
export function Moment({ iso }: { iso: string }) {
  return <time dateTime={iso}>{useMomentText()(iso)}</time>;
}
