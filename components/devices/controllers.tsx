'use client';

import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Copyable } from '#components/ui/copyable.tsx';
import { Section } from '#components/ui/fact-list.tsx';
import { isConcealed, type ShownController, type ShownDevice } from '#lib/domain/devices/conceal.ts';
import { devicePath } from '#lib/domain/devices/device-ref.ts';
import { type Revealing, SecretValue } from './secret-value.tsx';
import { StatusBadge } from './status-badge.tsx';

/** The panels of the unit: being listed here makes them controllers, whatever their type says. */
export function Controllers({ device, revealing }: { device: ShownDevice; revealing: Revealing }) {
  const t = useTranslations('device');
  return (
    <Section title={t('controllers')}>
      {device.controllers.length === 0 && <p className="text-quiet">{t('controllersNone')}</p>}
      <ul className="divide-y divide-line">
        {device.controllers.map((controller, index) => (
          // DingTalk may name two controllers alike or not at all, so their place in the answer is their key.
          <ControllerRow
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced whole with each answer
            key={index}
            controller={controller}
            roomId={device.room?.id ?? null}
            revealing={revealing}
          />
        ))}
      </ul>
    </Section>
  );
}

type RowProps = { controller: ShownController; roomId: string | null; revealing: Revealing };

function ControllerRow({ controller, roomId, revealing }: RowProps) {
  const t = useTranslations('device');
  const { deviceId, model, serial, mac } = controller;
  const name = controller.name ?? t('controllerUnnamed');
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
        {deviceId !== null && <Copyable text={deviceId} what={t('deviceId')} />}
        {model !== null && <span className="device-text self-center">{model}</span>}
        {typeof serial === 'string' && <Copyable text={serial} what={t('fields.serial')} />}
        {typeof mac === 'string' && <Copyable text={mac} what={t('fields.mac')} />}
      </p>
      <CastCode controller={controller} revealing={revealing} />
      <RoomOfController controllerRoom={controller.roomId} deviceRoom={roomId} />
    </li>
  );
}

/** For whoever may have it revealed; a panel that bears no id cannot be named in the question. */
function CastCode({ controller, revealing }: Omit<RowProps, 'roomId'>) {
  const t = useTranslations('device.fields');
  const { deviceId, unionId } = controller;
  const name = deviceId ?? (isConcealed(unionId) ? null : unionId);
  if (typeof revealing === 'string' || name === null) return null;
  return (
    <div className="flex items-start gap-x-3 text-quiet">
      <span className="py-0.5">{t('castCode')}</span>
      <span className="min-w-0 flex-1 py-0.5 text-text">
        <SecretValue
          label={`${t('castCode')} · ${controller.name ?? name}`}
          field="castCode"
          controller={name}
          revealing={revealing}
        />
      </span>
    </div>
  );
}

function RoomOfController({
  controllerRoom,
  deviceRoom,
}: {
  controllerRoom: string | null;
  deviceRoom: string | null;
}) {
  const t = useTranslations('device');
  if (controllerRoom === null) return <p className="text-quiet">{t('roomNotSaid')}</p>;
  if (controllerRoom === deviceRoom) return <p className="text-quiet">{t('sameRoom')}</p>;
  return (
    <p className="flex items-start gap-1.5 font-medium">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        {t('otherRoom')} <span className="identifier font-normal">{controllerRoom}</span>
      </span>
    </p>
  );
}
