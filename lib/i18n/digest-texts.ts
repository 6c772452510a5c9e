import { createTranslator } from 'use-intl/core';
import type { Notification } from '#lib/domain/alerts/alert.ts';
import type { TranslateDigest, TranslateNotification } from '#lib/domain/alerts/notification-text.ts';
import { SEVERITIES, severityOf } from '#lib/domain/issues/issue.ts';
import { messagesFor } from './messages.ts';

/** A message of a group robot holds 20,000 bytes; so many entries fit whatever devices are called. */
export const DIGEST_ENTRIES = 15;

/** Digests in words, with links to a Rooms Desk at `appUrl`. */
export function createDigestTexts(appUrl: string, notificationTexts: TranslateNotification): TranslateDigest {
  return (notifications, { used, limit, everyMs }, { locale, zone }) => {
    const t = createTranslator({ locale, messages: messagesFor(locale) });
    const all = urgentFirst(withoutResolved(notifications));
    const entries = all.slice(0, DIGEST_ENTRIES).map((notification) => {
      const { title, lead, link } = notificationTexts(notification, locale, zone);
      const isOver = notification.kind === 'resolved';
      const severity = isOver
        ? t('notifications.digest.resolved')
        : t(`notifications.digest.severity.${severityOf(notification.code)}`);
      return { severity, title, lead, url: link.url };
    });
    const more = all.length - entries.length;
    return {
      title: t('notifications.digest.title', { count: all.length }),
      lead: t('notifications.digest.lead', { minutes: Math.round(everyMs / 60_000), used, limit }),
      entries,
      rest: more > 0 ? t('notifications.rest', { count: more }) : null,
      link: { word: t('notifications.link.list'), url: `${appUrl}/devices` },
    };
  };
}

/** What began and ended within one digest is told as resolved. */
function withoutResolved(notifications: readonly Notification[]): Notification[] {
  const over = new Set(
    notifications.filter(({ kind }) => kind === 'resolved').map(({ incidentId }) => incidentId),
  );
  return notifications.filter(({ kind, incidentId }) => kind === 'resolved' || !over.has(incidentId));
}

/** Active before resolved, critical before the rest, older before newer. */
const urgentFirst = (notifications: readonly Notification[]) =>
  notifications.toSorted(
    (a, b) =>
      Number(a.kind === 'resolved') - Number(b.kind === 'resolved') ||
      SEVERITIES.indexOf(severityOf(a.code)) - SEVERITIES.indexOf(severityOf(b.code)) ||
      a.at - b.at,
  );
