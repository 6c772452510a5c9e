import { createTranslator } from 'use-intl/core';
import type { Notice } from '#lib/domain/alerts/alert.ts';
import type { TranslateDigest, TranslateNotification } from '#lib/domain/alerts/notification-text.ts';
import { SEVERITIES, severityOf } from '#lib/domain/findings/finding.ts';
import { messagesFor } from './messages.ts';

/** A message of a group robot holds 20,000 bytes; so many entries fit whatever devices are called. */
export const DIGEST_ENTRIES = 15;

/** Digests in words, with links to a Rooms Desk at `appUrl`. */
export function createDigestTexts(appUrl: string, notificationTexts: TranslateNotification): TranslateDigest {
  return (notices, { used, limit, everyMs }, { locale, zone }) => {
    const t = createTranslator({ locale, messages: messagesFor(locale) });
    const all = urgentFirst(withoutResolved(notices));
    const entries = all.slice(0, DIGEST_ENTRIES).map((notice) => {
      const { title, lead, link } = notificationTexts(notice, locale, zone);
      const isOver = notice.kind === 'cleared';
      const severity = isOver
        ? t('notices.digest.resolved')
        : t(`notices.digest.severity.${severityOf(notice.code)}`);
      return { severity, title, lead, url: link.url };
    });
    const more = all.length - entries.length;
    return {
      title: t('notices.digest.title', { count: all.length }),
      lead: t('notices.digest.lead', { minutes: Math.round(everyMs / 60_000), used, limit }),
      entries,
      rest: more > 0 ? t('notices.rest', { count: more }) : null,
      link: { word: t('notices.link.list'), url: `${appUrl}/devices` },
    };
  };
}

/** What began and ended within one digest is told as resolved. */
function withoutResolved(notices: readonly Notice[]): Notice[] {
  const over = new Set(notices.filter(({ kind }) => kind === 'cleared').map(({ incidentId }) => incidentId));
  return notices.filter(({ kind, incidentId }) => kind === 'cleared' || !over.has(incidentId));
}

/** Active before resolved, critical before the rest, older before newer. */
const urgentFirst = (notices: readonly Notice[]) =>
  notices.toSorted(
    (a, b) =>
      Number(a.kind === 'cleared') - Number(b.kind === 'cleared') ||
      SEVERITIES.indexOf(severityOf(a.code)) - SEVERITIES.indexOf(severityOf(b.code)) ||
      a.at - b.at,
  );
