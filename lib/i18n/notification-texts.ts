import { createTranslator } from 'use-intl/core';
import { causeOf, type Notification, type NotificationLocale } from '#lib/domain/alerts/alert.ts';
import type { TranslateNotification } from '#lib/domain/alerts/notification-text.ts';
import { devicePath } from '#lib/domain/devices/device-ref.ts';
import type { IssueCode } from '#lib/domain/issues/issue.ts';
import { messagesFor } from './messages.ts';

/** Longer names are cut: a message is to be read on a phone. */
const LONGEST_NAME = 80;

/** Notices in words, with links to a desk at `appUrl`. */
export function createNotificationTexts(appUrl: string): TranslateNotification {
  return (notification, locale, zone) => {
    const t = createTranslator({ locale, messages: messagesFor(locale) });
    const { kind, code, total, added, codes } = notification;
    const when = momentIn(locale, zone);
    const nameOf = (name: string | null) => cut(name ?? '') || t('issues.unnamed');
    const isMixed = codes.length > 1;
    const titleOf = (each: IssueCode) => t(`issues.catalogue.${each}.title`);
    const devices = notification.devices.map(({ name, roomName, since, code: own = code }) => ({
      name: nameOf(name),
      room: roomName === null ? null : cut(roomName),
      since: t('notifications.since', { moment: when(since) }),
      issue: isMixed ? titleOf(own) : null,
    }));
    // Several codes of one notification are the names of one cause.
    const what = isMixed && causeOf(code) === 'offline' ? t('notifications.offline') : titleOf(code);
    const [first] = devices;
    const where =
      first && total === 1
        ? first.room
          ? t('notifications.place', { name: first.name, room: first.room })
          : first.name
        : t('notifications.count', { count: kind === 'more' ? added : total });
    const counted = kind === 'more' ? added : total;
    const more = counted - devices.length;
    return {
      title:
        kind === 'test' ? t('notifications.title.test') : t(`notifications.title.${kind}`, { what, where }),
      lead: kind === 'test' ? t('notifications.lead.test') : leadOf(notification, t, when),
      codes: isMixed
        ? codes.map((each) => t('notifications.codeCount', { count: each.count, what: titleOf(each.code) }))
        : [],
      devices,
      rest: more > 0 ? t('notifications.rest', { count: more }) : null,
      next:
        kind === 'resolved' || kind === 'test'
          ? null
          : t('notifications.next', { step: t(`issues.catalogue.${code}.desk`) }),
      link: {
        word: t(`notifications.link.${linkKind(notification)}`),
        url: `${appUrl}${pathOf(notification)}`,
      },
      rule:
        kind === 'test' ? t('notifications.byTest') : t('notifications.byRule', { rule: notification.rule }),
    };
  };
}

type Translate = ReturnType<typeof createTranslator<ReturnType<typeof messagesFor>>>;

function leadOf(
  { kind, total, added, since, at }: Notification,
  t: Translate,
  when: (at: number) => string,
): string {
  if (kind === 'more') return t('notifications.lead.more', { added, total });
  if (kind === 'resolved')
    return t('notifications.lead.resolved', { count: total, from: when(since), until: when(at) });
  if (kind === 'flapping') return t('notifications.lead.flapping', { count: total });
  return t('notifications.lead.raised', { count: total, moment: when(since) });
}

const linkKind = ({ kind, devices, total }: Notification) =>
  kind === 'test' ? 'test' : total === 1 && devices[0]?.deviceId ? 'device' : 'list';

function pathOf(notification: Notification): string {
  const kind = linkKind(notification);
  if (kind === 'test') return '/alerts';
  if (kind === 'device') return devicePath({ by: 'deviceId', id: notification.devices[0]?.deviceId ?? '' });
  // The list shows the devices that were counted, whatever became of them since and whichever else have the issue.
  return `/devices?notification=${notification.incidentId}.${notification.kind}`;
}

/** Signs that are not seen and turn round or break what stands beside them. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\s]+/gu;

function cut(name: string): string {
  const text = name.replace(UNSEEN, ' ').trim().toWellFormed();
  return text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME - 1).toWellFormed()}…` : text;
}

function momentIn(locale: NotificationLocale, zone: string): (at: number) => string {
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
