'use client';

import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Copyable } from '#components/ui/copyable.tsx';
import { Section } from '#components/ui/fact-list.tsx';
import type { ShownController, ShownDevice } from '#lib/domain/conceal.ts';
import { devicePath } from '#lib/domain/device-ref.ts';
import { StatusBadge } from './status-badge.tsx';

/** The panels of the unit: being listed here makes them controllers, whatever their type says. */
export function Controllers({ device }: { device: ShownDevice }) {
  const say = useTranslations('device');
  return (
    <Section title={say('controllers')}>
      {device.controllers.length === 0 && <p className="text-quiet">{say('controllersNone')}</p>}
      <ul className="divide-y divide-line">
        {device.controllers.map((controller, index) => (
          // DingTalk may name two controllers alike or not at all, so their place in the answer is their key.
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced whole with each answer
          <ControllerRow key={index} controller={controller} roomId={device.room?.id ?? null} />
        ))}
      </ul>
    </Section>
  );
}

function ControllerRow({ controller, roomId }: { controller: ShownController; roomId: string | null }) {
  const say = useTranslations('device');
  const { deviceId, model, serial, mac } = controller;
  const name = controller.name ?? say('controllerUnnamed');
  return (
    <li className="py-2 first:pt-0">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        {deviceId === null ? (
          <span className="device-text font-medium">{name}</span>
        ) : (
          <Link
            href={devicePath({ by: 'deviceId', id: deviceId })}
            prefetch={false}
            className="device-text font-medium text-accent underline underline-offset-2"
          >
            {name}
          </Link>
        )}
        <StatusBadge status={controller.status} />
      </div>
      <p className="mt-1 flex flex-wrap gap-x-3 text-quiet">
        {deviceId !== null && <Copyable text={deviceId} what={say('deviceId')} />}
        {model !== null && <span className="device-text self-center">{model}</span>}
        {typeof serial === 'string' && <Copyable text={serial} what={say('fields.serial')} />}
        {typeof mac === 'string' && <Copyable text={mac} what={say('fields.mac')} />}
      </p>
      <RoomOfController controllerRoom={controller.roomId} deviceRoom={roomId} />
    </li>
  );
}

function RoomOfController({
  controllerRoom,
  deviceRoom,
}: {
  controllerRoom: string | null;
  deviceRoom: string | null;
}) {
  const say = useTranslations('device');
  if (controllerRoom === null) return <p className="text-quiet">{say('roomNotSaid')}</p>;
  if (controllerRoom === deviceRoom) return <p className="text-quiet">{say('sameRoom')}</p>;
  return (
    <p className="flex items-start gap-1.5 font-medium">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        {say('otherRoom')} <span className="identifier font-normal">{controllerRoom}</span>
      </span>
    </p>
  );
}
