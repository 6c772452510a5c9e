'use client';

import { Bell, BellOff, Hourglass, type LucideIcon, Repeat, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Part } from '#components/diagnostics/section.tsx';
import { When } from '#components/diagnostics/server-now.tsx';
import { useFindingTitle } from '#components/findings/finding-title.ts';
import { SeverityIcon } from '#components/findings/severity-icon.tsx';
import { Button } from '#components/ui/button.tsx';
import type { AlarmState, AttentionAnswer, ShownAlarm } from '#lib/domain/alerts/alerts-answer.ts';
import { devicePath } from '#lib/domain/devices/device-ref.ts';
import { LINK } from './link-style.ts';
import type { QuietDraft } from './silence-form.tsx';

type Props = { data: AttentionAnswer; onMute: (draft: Partial<QuietDraft>) => void };

/** What stands that a rule is about. */
export function AlarmsPart({ data: { alarms, alarmCount }, onMute }: Props) {
  const t = useTranslations('attention.alarms');
  return (
    <Part title={t('title')} note={t('why')}>
      {alarms.length === 0 ? (
        <div className="border-line border-y py-4">
          <p className="font-medium">{t('none')}</p>
          <p className="text-quiet">{t('noneWhy')}</p>
        </div>
      ) : (
        <ul className="divide-y divide-line border-line border-y">
          {alarms.map((alarm) => (
            <AlarmLine key={alarm.key} alarm={alarm} onMute={onMute} />
          ))}
        </ul>
      )}
      {alarmCount > alarms.length && (
        <p className="mt-2 text-quiet text-small">{t('more', { shown: alarms.length, count: alarmCount })}</p>
      )}
    </Part>
  );
}

const ICONS: Record<AlarmState, LucideIcon> = {
  told: Bell,
  flapping: Repeat,
  clearing: Undo2,
  waiting: Hourglass,
  quiet: BellOff,
};

function AlarmLine({ alarm, onMute }: { alarm: ShownAlarm } & Pick<Props, 'onMute'>) {
  const t = useTranslations('attention.alarms');
  const states = useTranslations('attention.state');
  const title = useFindingTitle();
  const how = useTranslations('findings.severity');
  const { code, severity, state, device, room, since, rule, quiet } = alarm;
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
          {quiet !== null && <span className="device-text">{t('quietWhy', { reason: quiet })}</span>}
        </p>
      </div>
      {state !== 'quiet' && (
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
