'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { StateAge, UnitLink, UnitSeen } from '#components/devices/device-at-a-glance.tsx';
import { RowStatus } from '#components/devices/device-status.tsx';
import { StateIcon, StatusText } from '#components/history/status-icon.tsx';
import { useAsOf, usePathThen } from '#components/ui/as-of.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import { CutText } from '#components/ui/cut-text.tsx';
import { Section } from '#components/ui/fact-list.tsx';
import type { FleetRow } from '#lib/api/inventory/fleet-answers.ts';
import type { RoomAnswer } from '#lib/api/rooms/room-answers.ts';
import { devicePath } from '#lib/domain/devices/device-ref.ts';
import { EVERY_DEVICE, fleetParams, WITHOUT } from '#lib/domain/inventory/fleet-filter.ts';
import { worstFirst } from './worst-first.ts';

type Room = RoomAnswer['room'];

/** The units in the room, each with its controllers, or what it means that there is none. */
export function RoomDevices({ room }: { room: Room }) {
  const t = useTranslations('rooms.one');
  return (
    <Section title={t('devices')}>
      {room.devices.length === 0 ? (
        <NoDevice read={room.detailAt !== null} />
      ) : (
        <ul className="max-w-[42rem] divide-y divide-line">
          {worstFirst(room.devices).map((device, at) => (
            // A device that this reader may not tell from another has no key of its own.
            <li key={device.key || at} className="py-3 first:pt-0">
              <Unit device={device} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function NoDevice({ read }: { read: boolean }) {
  const t = useTranslations('rooms');
  const asOf = useAsOf();
  if (!read) {
    return (
      <>
        <p className="font-medium">{t('devicesUnread')}</p>
        <p className="mt-1 max-w-[36rem] text-quiet">{t('one.unreadWhy')}</p>
      </>
    );
  }
  return (
    <>
      <p className="font-medium">{t('noDevice')}</p>
      <p className="mt-1 max-w-[36rem] text-quiet">{t('one.noDeviceWhy')}</p>
      <p className="mt-2">
        <Link
          href={`/devices?${fleetParams({ ...EVERY_DEVICE, room: WITHOUT, ...asOf })}`}
          prefetch={false}
          className="text-accent underline underline-offset-2"
        >
          {t('one.withoutRoom')}
        </Link>
      </p>
    </>
  );
}

function Unit({ device }: { device: FleetRow }) {
  const t = useTranslations('device');
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4">
        <span className="flex min-w-0 flex-[1_1_12rem] items-center gap-1.5">
          <StateIcon state={device.status.state} current={device.status.current} />
          <UnitLink device={device} />
        </span>
        <span className="flex items-baseline gap-2">
          <RowStatus device={device} />
          <StateAge device={device} />
        </span>
      </div>
      <p className="flex flex-wrap items-center gap-x-4 pl-5.5 text-quiet">
        <span className="empty:hidden">
          <UnitSeen device={device} />
        </span>
        {device.model !== null && <span className="device-text">{device.model}</span>}
        {device.deviceId !== null && <Copyable text={device.deviceId} what={t('deviceId')} />}
      </p>
      {device.controllers.length > 0 && (
        <ul aria-label={t('controllers')} className="mt-1 pl-5.5">
          {device.controllers.map((controller, at) => (
            // DingTalk may name two controllers alike or not at all, so their place in the answer is their key.
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced whole with each answer
            <ControllerLine key={at} controller={controller} />
          ))}
        </ul>
      )}
    </>
  );
}

type LineProps = { controller: FleetRow['controllers'][number] };

function ControllerLine({ controller: { deviceId, name, model, status } }: LineProps) {
  const t = useTranslations('device');
  const pathThen = usePathThen();
  const called = name ?? t('controllerUnnamed');
  return (
    <li className="flex min-h-8 flex-wrap items-center gap-x-4">
      <span className="flex min-w-0 flex-[1_1_12rem] items-center gap-1.5">
        <StateIcon state={status.state} current={status.current} />
        {deviceId === null ? (
          <CutText text={called} />
        ) : (
          <Link
            href={pathThen(devicePath({ by: 'deviceId', id: deviceId }))}
            prefetch={false}
            className="flex min-w-0 text-accent no-underline hover:underline"
          >
            <CutText text={called} />
          </Link>
        )}
        {model !== null && (
          <span className="device-text ml-2 shrink-0 text-quiet max-sm:hidden">{model}</span>
        )}
      </span>
      <StatusText status={status} />
    </li>
  );
}
