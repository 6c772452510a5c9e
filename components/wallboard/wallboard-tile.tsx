'use client';

import { useTranslations } from 'use-intl';
import { stateLasted } from '#components/devices/device-at-a-glance.tsx';
import { RowStatus } from '#components/devices/device-status.tsx';
import { StateIcon } from '#components/history/status-icon.tsx';
import { useIssueTitle } from '#components/issues/issue-title.ts';
import { SeverityIcon } from '#components/issues/severity-icon.tsx';
import { CutText } from '#components/ui/cut-text.tsx';
import { ShortAge } from '#components/ui/short-age.tsx';
import type { FleetRow } from '#lib/api/inventory/fleet-answers.ts';
import type { WallboardPlace } from '#lib/domain/inventory/wallboard-places.ts';
import { severityOf } from '#lib/domain/issues/issue.ts';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';

const ICON = 'row-span-2 size-[calc(1.3rem+1.5vw)] shrink-0';

/** A room, what is wrong in it and for how long, and where it is. */
export function WallboardTile({ devices }: Pick<WallboardPlace<FleetRow>, 'devices'>) {
  const t = useTranslations('wallboard');
  const [worst] = devices;
  const title = useIssueTitle();
  const how = useTranslations('issues.severity');
  const where = worst.group?.name;
  const broken = brokenBy(worst);
  return (
    <li className="grid min-w-0 grid-cols-[auto_minmax(0,1fr)] content-center items-center gap-x-[0.5em] overflow-hidden rounded border border-line-strong bg-surface px-[calc(0.4rem+0.5vw)]">
      {broken ? (
        <SeverityIcon severity={severityOf(broken)} word={how(severityOf(broken))} className={ICON} />
      ) : (
        <StateIcon state={worst.status.state} current={worst.status.current} className={ICON} />
      )}
      <p className="font-semibold text-[length:calc(1rem+0.95vw)] leading-snug">
        <CutText text={nameOf(worst, t)} />
      </p>
      {broken ? (
        <p className="line-clamp-2 text-[length:calc(0.75rem+0.6vw)] leading-tight">
          {title(broken)} {devices.length > 1 && t('devices', { n: devices.length })}
        </p>
      ) : (
        // Where it is goes to a second line, out of sight, when there is no room for it.
        <p className="flex h-[1.4em] flex-wrap items-baseline gap-x-[0.5em] overflow-hidden whitespace-nowrap text-[length:calc(0.85rem+0.75vw)] leading-[1.4]">
          <span className="flex min-w-0 max-w-full gap-x-[0.5em]">
            <span className="truncate">
              <RowStatus device={worst} />
            </span>
            <Since device={worst} />
            {devices.length > 1 && t('devices', { n: devices.length })}
          </span>
          {where && <span className="device-text ml-auto max-w-1/2 truncate text-quiet">{where}</span>}
        </p>
      )}
    </li>
  );
}

function Since({ device }: { device: FleetRow }) {
  const lasted = stateLasted(device);
  if (!lasted) return null;
  return (
    <span className="shrink-0 font-semibold">
      <ShortAge as="span" at={lasted.since} ageMs={lasted.ageMs} receivedAt={firstSeenAt(device)} />
    </span>
  );
}

/** What keeps people from meeting with a device that answers; null where its state says it all. */
function brokenBy({ status, issues }: FleetRow) {
  return status.state === 'offline' || status.state === 'unknown' ? null : (issues[0] ?? null);
}

/** What people know a place by: its room, else the device. */
function nameOf(
  { room, name, deviceId }: FleetRow,
  t: ReturnType<typeof useTranslations<'wallboard'>>,
): string {
  if (room !== null) return room.name ?? t('room', { id: room.id });
  return name ?? deviceId ?? t('device');
}
