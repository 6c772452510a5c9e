import { createTranslator } from 'use-intl/core';
import { causeOf, type Notice, type NoticeLocale } from '#lib/domain/alerts/alert.ts';
import type { TranslateNotification } from '#lib/domain/alerts/notification-text.ts';
import { devicePath } from '#lib/domain/devices/device-ref.ts';
import type { FindingCode } from '#lib/domain/findings/finding.ts';
import { messagesFor } from './messages.ts';

/** Longer names are cut: a message is to be read on a phone. */
const LONGEST_NAME = 80;

/** Notices in words, with links to a desk at `appUrl`. */
export function createNotificationTexts(appUrl: string): TranslateNotification {
  return (notice, locale, zone) => {
    const t = createTranslator({ locale, messages: messagesFor(locale) });
    const { kind, code, total, added, codes } = notice;
    const when = momentIn(locale, zone);
    const nameOf = (name: string | null) => cut(name ?? '') || t('findings.unnamed');
    const isMixed = codes.length > 1;
    const titleOf = (each: FindingCode) => t(`findings.catalogue.${each}.title`);
    const devices = notice.devices.map(({ name, roomName, since, code: own = code }) => ({
      name: nameOf(name),
      room: roomName === null ? null : cut(roomName),
      since: t('notices.since', { moment: when(since) }),
      issue: isMixed ? titleOf(own) : null,
    }));
    // Several codes of one notification are the names of one cause.
    const what = isMixed && causeOf(code) === 'offline' ? t('notices.offline') : titleOf(code);
    const [first] = devices;
    const where =
      first && total === 1
        ? first.room
          ? t('notices.place', { name: first.name, room: first.room })
          : first.name
        : t('notices.count', { count: kind === 'more' ? added : total });
    const counted = kind === 'more' ? added : total;
    const more = counted - devices.length;
    return {
      title: kind === 'test' ? t('notices.title.test') : t(`notices.title.${kind}`, { what, where }),
      lead: kind === 'test' ? t('notices.lead.test') : leadOf(notice, t, when),
      codes: isMixed
        ? codes.map((each) => t('notices.codeCount', { count: each.count, what: titleOf(each.code) }))
        : [],
      devices,
      rest: more > 0 ? t('notices.rest', { count: more }) : null,
      next:
        kind === 'cleared' || kind === 'test'
          ? null
          : t('notices.next', { step: t(`findings.catalogue.${code}.desk`) }),
      link: { word: t(`notices.link.${linkKind(notice)}`), url: `${appUrl}${pathOf(notice)}` },
      rule: kind === 'test' ? t('notices.byTest') : t('notices.byRule', { rule: notice.rule }),
    };
  };
}

type Translate = ReturnType<typeof createTranslator<ReturnType<typeof messagesFor>>>;

function leadOf(
  { kind, total, added, since, at }: Notice,
  t: Translate,
  when: (at: number) => string,
): string {
  if (kind === 'more') return t('notices.lead.more', { added, total });
  if (kind === 'cleared')
    return t('notices.lead.cleared', { count: total, from: when(since), until: when(at) });
  if (kind === 'flapping') return t('notices.lead.flapping', { count: total });
  return t('notices.lead.raised', { count: total, moment: when(since) });
}

const linkKind = ({ kind, devices, total }: Notice) =>
  kind === 'test' ? 'test' : total === 1 && devices[0]?.deviceId ? 'device' : 'list';

function pathOf(notice: Notice): string {
  const kind = linkKind(notice);
  if (kind === 'test') return '/alerts';
  if (kind === 'device') return devicePath({ by: 'deviceId', id: notice.devices[0]?.deviceId ?? '' });
  // The list shows the devices that were counted, whatever became of them since and whichever else have the issue.
  return `/devices?notification=${notice.incidentId}.${notice.kind}`;
}

/** Signs that are not seen and turn round or break what stands beside them. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\s]+/gu;

function cut(name: string): string {
  const text = name.replace(UNSEEN, ' ').trim().toWellFormed();
  return text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME - 1).toWellFormed()}…` : text;
}

function momentIn(locale: NoticeLocale, zone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  });
  const named = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' });
  return (at) => {
    const place = named.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
    return `${format.format(at)} ${place}`;
  };
}
