'use client';

import { Columns2, RefreshCw } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { useShortcut } from '#components/layout/use-shortcut.ts';
import { PinButton } from '#components/search/pin-button.tsx';
import { SeenAge } from '#components/ui/age.tsx';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { CopyLinkButton } from '#components/ui/copy-link-button.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import { useMomentText } from '#components/ui/moment.tsx';
import { ShortAge } from '#components/ui/short-age.tsx';
import { comparePath } from '#lib/domain/devices/comparison.ts';
import { isConcealed } from '#lib/domain/devices/conceal.ts';
import { type DeviceRef, devicePath } from '#lib/domain/devices/device-ref.ts';
import { ageAt } from '#lib/domain/devices/last-update.ts';
import { deviceKey } from '#lib/domain/inventory/fleet.ts';
import { roomPath } from '#lib/domain/rooms/room.ts';
import type { ReceivedAnswer } from '#lib/queries/devices/device.ts';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';
import { CopySummaryButton } from './copy-summary-button.tsx';
import { DeviceStatusBadge } from './device-status.tsx';
import { QrPanel } from './qr-panel.tsx';

type Props = {
  answer: ReceivedAnswer;
  deviceRef: DeviceRef;
  /** The origin that links are built from. */
  appUrl: string;
  mayAsk: boolean;
  refreshing: boolean;
  onRefresh: () => void;
};

/** Where the device is, its name, status and age, its identifiers, and what can be done with it. */
export function DeviceHeader({ answer, deviceRef, appUrl, mayAsk, refreshing, onRefresh }: Props) {
  const t = useTranslations('device');
  const source = useTranslations('source');
  const sourceWhy = useTranslations('sourceWhy');
  const { device } = answer;
  const unionId = isConcealed(device.unionId) ? null : device.unionId;
  const link = appUrl + pathOf(answer, deviceRef);
  const pinKey = device.deviceId ?? (unionId === null ? null : deviceKey(null, unionId));
  return (
    <header>
      <Breadcrumb answer={answer} />
      <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="device-text min-w-0 font-semibold text-title">{device.name ?? t('unnamed')}</h1>
        <DeviceStatusBadge answer={answer} />
        <p className="text-quiet" title={answer.past ? undefined : sourceWhy(answer.source)}>
          {answer.past ? (
            <SeenThen answer={answer} />
          ) : (
            <>
              <StatusSince answer={answer} />
              <SeenAge answer={answer} />
              {' · '}
              {source(answer.source)}
              <span className="sr-only">. {sourceWhy(answer.source)}</span>
              <ToldSince answer={answer} />
            </>
          )}
        </p>
        <div className="flex flex-wrap gap-2 lg:ml-auto">
          {mayAsk && !answer.past && (
            // On a phone the main action stays at hand at the bottom of the screen.
            <div className="max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:z-10 max-sm:grid max-sm:border-line max-sm:border-t max-sm:bg-surface max-sm:p-2">
              <RefreshButton refreshing={refreshing} left={answer.callsLeft} onRefresh={onRefresh} />
            </div>
          )}
          {!answer.past && <CopySummaryButton answer={answer} link={link} />}
          {!answer.past && device.deviceId !== null && (
            <Link href={comparePath(device.deviceId, null)} prefetch={false} className={buttonClass()}>
              <Columns2 aria-hidden className="size-4" />
              {t('compare')}
            </Link>
          )}
          <CopyLinkButton link={() => link} iconOnly />
          {!answer.past && device.deviceId !== null && (
            <QrPanel bare link={link} deviceId={device.deviceId} name={device.name ?? t('unnamed')} />
          )}
          {pinKey !== null && <PinButton pin={{ kind: 'device', key: pinKey }} iconOnly />}
        </div>
      </div>
      <div className="mt-1 flex flex-wrap items-center gap-x-5 gap-y-1 text-small">
        {device.deviceId !== null && <Copyable label what={t('deviceId')} text={device.deviceId} />}
        {unionId !== null && <Copyable label what={t('unionId')} text={unionId} />}
        {typeof device.serial === 'string' && (
          <Copyable label what={t('fields.serial')} text={device.serial} />
        )}
        {typeof device.network.ip === 'string' && (
          <Copyable label what={t('fields.ip')} text={device.network.ip} />
        )}
      </div>
      {mayAsk && <ShareLeft share={answer.share} />}
      <p className="sr-only" role="status">
        {refreshing ? t('refreshing') : ''}
      </p>
    </header>
  );
}

/** The way to the device: room groups, outermost first, then its room. */
function Breadcrumb({ answer }: { answer: ReceivedAnswer }) {
  const t = useTranslations('device');
  return (
    <p className="device-text flex flex-wrap gap-x-1.5 text-quiet text-small">
      {answer.roomPath.map((name, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two groups of a path may have one name; the path is replaced whole
        <span key={at}>
          {name} <span aria-hidden>/</span>
        </span>
      ))}
      {roomText(answer, t)}
    </p>
  );
}

/** Since when and for how long the device has its status. */
function StatusSince({ answer }: { answer: ReceivedAnswer }) {
  const t = useTranslations('device');
  const { statusSince } = answer;
  // For how long it has been so is not known of a status that may hold no longer.
  if (statusSince === null || !answer.device.status.current) return null;
  return t.rich('statusFor', {
    span: () => (
      <ShortAge
        as="span"
        at={statusSince}
        ageMs={ageAt(statusSince, answer)}
        receivedAt={answer.receivedAt ?? firstSeenAt(answer)}
      />
    ),
  });
}

/** How old the newest word of an event is, where one came after what was read. */
function ToldSince({ answer }: { answer: ReceivedAnswer }) {
  const t = useTranslations('device');
  const at = answer.overrides[0]?.at;
  const { observedAt, ageMs, receivedAt } = answer;
  const overrides = useMemo(() => {
    if (at === undefined) return null;
    return {
      observedAt: at,
      ageMs: ageAt(at, { observedAt, ageMs }),
      ...(receivedAt !== undefined && { receivedAt }),
    };
  }, [at, observedAt, ageMs, receivedAt]);
  if (!overrides) return null;
  return (
    <span title={t('eventWhy')}>
      {' · '}
      <SeenAge answer={overrides} how="event" />
      <span className="sr-only">. {t('eventWhy')}</span>
    </span>
  );
}

/** What is shown is of a moment, so its age does not grow. */
function SeenThen({ answer: { observedAt, overrides } }: { answer: ReceivedAnswer }) {
  const t = useTranslations('snapshots');
  const moment = useMomentText();
  const at = overrides[0]?.at;
  return (
    <>
      {t('seen', { moment: moment(observedAt) })}
      {at !== undefined && ` · ${t('event', { moment: moment(at) })}`}
    </>
  );
}

/** What is shown, as an address that shows the same to whoever gets it. */
function pathOf(answer: ReceivedAnswer, asked: DeviceRef): string {
  const path = devicePath(linkRef(answer, asked));
  return answer.past
    ? `${path}?${new URLSearchParams({ at: answer.past.at, against: answer.past.against })}`
    : path;
}

/** The shortest lasting name: the device id where DingTalk said it, else the name it was asked by. */
function linkRef({ device }: ReceivedAnswer, asked: DeviceRef): DeviceRef {
  return device.deviceId === null ? asked : { by: 'deviceId', id: device.deviceId };
}

function roomText({ device }: ReceivedAnswer, t: ReturnType<typeof useTranslations<'device'>>): ReactNode {
  if (device.room === null) return t('noRoom');
  return (
    <Link
      href={roomPath(device.room.id)}
      prefetch={false}
      className="device-text text-accent underline-offset-2 hover:underline"
    >
      {device.room.name ?? t('roomUnnamed', { id: device.room.id })}
    </Link>
  );
}

/** What is left of the reader's share of the day, when it is nearly used up. */
function ShareLeft({ share }: Pick<ReceivedAnswer, 'share'>) {
  const t = useTranslations('device');
  if (share === null || share.left > share.limit * TELL_SHARE_BELOW) return null;
  return (
    <p className="mt-2 text-quiet md:text-right" title={t('shareWhy')}>
      {t('shareLeft', { left: share.left, limit: share.limit })}
    </p>
  );
}

/** More of a share than this part of it is not worth a line. */
const TELL_SHARE_BELOW = 0.2;

type RefreshProps = { refreshing: boolean; left: number | null; onRefresh: () => void };

function RefreshButton({ refreshing, left, onRefresh }: RefreshProps) {
  const t = useTranslations('device');
  useShortcut('r', 'refresh', () => refreshing || onRefresh());
  return (
    // Not `disabled`: that would take the keyboard away from whoever pressed it.
    <Button look="primary" onClick={refreshing ? undefined : onRefresh} aria-disabled={refreshing}>
      <RefreshCw aria-hidden className="size-4" />
      {t('refresh')}
      <span className="font-normal opacity-80">
        {t('refreshCost')}
        {left !== null && ` · ${t('callsLeft', { left })}`}
      </span>
    </Button>
  );
}
