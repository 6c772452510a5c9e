'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { StatusBadge } from '#components/devices/status-badge.tsx';
import { SeverityIcon } from '#components/issues/severity-icon.tsx';
import { SeenAge } from '#components/ui/age.tsx';
import type { ComparedSide } from '#lib/api/devices/device-answers.ts';
import { devicePath } from '#lib/domain/devices/device-ref.ts';
import { isIssueCode } from '#lib/domain/issues/issue.ts';

/** What is compared with what: its name and place, its state with its age, what is wrong with it. */
export function SideHead({ side }: { side: ComparedSide }) {
  const t = useTranslations('device');
  const issues = useTranslations('issues');
  const { deviceId, unionId, name, room, status } = side.device;
  const ref =
    deviceId !== null
      ? ({ by: 'deviceId', id: deviceId } as const)
      : typeof unionId === 'string'
        ? ({ by: 'unionId', id: unionId } as const)
        : null;
  const known = side.issues.filter(({ code }) => isIssueCode(code));
  return (
    <div className="min-w-0">
      <h2 className="device-text font-semibold text-large">
        {ref ? (
          <Link href={devicePath(ref)} prefetch={false} className="text-accent underline underline-offset-2">
            {name ?? t('unnamed')}
          </Link>
        ) : (
          (name ?? t('unnamed'))
        )}
      </h2>
      <p className="device-text text-quiet">
        {room === null ? t('noRoom') : (room.name ?? t('roomUnnamed', { id: room.id }))}
      </p>
      <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
        <StatusBadge status={status} />
        <span className="text-quiet">
          <SeenAge answer={side} />
        </span>
      </p>
      <ul aria-label={issues('title')} className="mt-1">
        {known.length === 0 && <li className="text-quiet">{issues('none')}</li>}
        {known.map(({ code, severity, evidence }) => (
          <li key={`${code} ${evidence[0]?.field}`} className="flex items-start gap-1.5">
            <SeverityIcon severity={severity} className="mt-0.5 size-4 shrink-0" />
            <span>
              {issues(`catalogue.${code}.title`)}{' '}
              <span className="text-quiet text-small">{issues(`severity.${severity}`)}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
