'use client';

import { Bell, BellOff, Hourglass, type LucideIcon, Repeat, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Part } from '#components/diagnostics/section.tsx';
import { When } from '#components/diagnostics/server-now.tsx';
import { useIssueTitle } from '#components/issues/issue-title.ts';
import { SeverityIcon } from '#components/issues/severity-icon.tsx';
import { Button } from '#components/ui/button.tsx';
import type { AlertsAnswer, ShownAlert } from '#lib/api/alerts/alert-answers.ts';
import type { ActiveAlertState } from '#lib/domain/alerts/alert.ts';
import { devicePath } from '#lib/domain/devices/device-ref.ts';
import { LINK } from './link-style.ts';
import type { SilenceDraft } from './silence-form.tsx';

type Props = { data: AlertsAnswer; onMute: (draft: Partial<SilenceDraft>) => void };

/** What stands that a rule is about. */
export function ActiveAlertsPart({ data: { alerts, alertCount }, onMute }: Props) {
  const t = useTranslations('alerts.active');
  return (
    <Part title={t('title')} note={t('why')}>
      {alerts.length === 0 ? (
        <div className="border-line border-y py-4">
          <p className="font-medium">{t('none')}</p>
          <p className="text-quiet">{t('noneWhy')}</p>
        </div>
      ) : (
        <ul className="divide-y divide-line border-line border-y">
          {alerts.map((alert) => (
            <AlertLine key={alert.key} alert={alert} onMute={onMute} />
          ))}
        </ul>
      )}
      {alertCount > alerts.length && (
        <p className="mt-2 text-quiet text-small">{t('more', { shown: alerts.length, count: alertCount })}</p>
      )}
    </Part>
  );
}

const ICONS: Record<ActiveAlertState, LucideIcon> = {
  notified: Bell,
  flapping: Repeat,
  resolving: Undo2,
  waiting: Hourglass,
  silenced: BellOff,
};

function AlertLine({ alert, onMute }: { alert: ShownAlert } & Pick<Props, 'onMute'>) {
  const t = useTranslations('alerts.active');
  const states = useTranslations('alerts.state');
  const title = useIssueTitle();
  const how = useTranslations('issues.severity');
  const { code, severity, state, device, room, since, rule, silence } = alert;
  const name = device.name ?? device.deviceId ?? t('unnamed');
  const Icon = ICONS[state];
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="flex min-w-0 items-center gap-1.5 font-medium">
            <SeverityIcon severity={severity} word={how(severity)} className="size-4 shrink-0" />
            {title(code)}
          </span>
          <span className="inline-flex items-center gap-1 rounded bg-sunken px-2 py-0.5 text-small">
            <Icon aria-hidden className="size-3.5" />
            {states(state)}
          </span>
        </p>
        <p className="mt-0.5 flex flex-wrap gap-x-4 text-quiet text-small">
          {device.deviceId === null ? (
            <span className="device-text">{name}</span>
          ) : (
            <Link
              href={devicePath({ by: 'deviceId', id: device.deviceId })}
              prefetch={false}
              className={LINK}
            >
              {name}
            </Link>
          )}
          {room && (
            <Link href={`/rooms/${encodeURIComponent(room.id)}`} prefetch={false} className={LINK}>
              {room.name ?? room.id}
            </Link>
          )}
          <span>{t.rich('since', { when: () => <When iso={since} /> })}</span>
          <span className="device-text">{t('rule', { rule })}</span>
          {silence !== null && <span className="device-text">{t('quietWhy', { reason: silence })}</span>}
        </p>
      </div>
      {state !== 'silenced' && (
        <Button
          aria-label={t('muteWhich', { what: title(code), name })}
          onClick={() =>
            onMute({ scope: { kind: 'devices', group: '', ids: device.deviceId ?? device.deviceKey }, code })
          }
        >
          {t('mute')}
        </Button>
      )}
    </li>
  );
}
