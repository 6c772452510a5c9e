'use client';

import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useStatusText } from '#components/history/status-icon.tsx';
import { isConcealed } from '#lib/domain/devices/conceal.ts';
import { FLEET_STATES, type FleetState } from '#lib/domain/inventory/fleet.ts';
import { NoValue } from './shown-value.tsx';

type Props = { field: string; value: unknown };

/** A value of a field before or after a change, in words where there are some. A long one is cut where it is long enough. */
export function ChangedValue({ field, value }: Props) {
  const t = useTranslations('history.changes');
  const state = useStatusText();
  const kind = useTranslations('kind');
  const network = useTranslations('device.network');
  if (isConcealed(value)) return <NoValue concealed />;
  if (value === null || value === undefined) return <span className="text-quiet italic">{t('nothing')}</span>;
  if (field.endsWith('status.state') && isState(value)) return <span>{state(value)}</span>;
  if (/(^|\.)kind$/.test(field) && (value === 'device' || value === 'accessory'))
    return <span>{kind(value)}</span>;
  if (field.endsWith('network.type') && isNetwork(value)) return <span>{network(value)}</span>;
  const text = textOf(value);
  return (
    <span className="identifier line-clamp-3" title={text.length > LONG ? undefined : text}>
      {text}
    </span>
  );
}

/** What a field was and what it became, for a line that wraps. */
export function FromTo({ field, from, to }: { field: string; from: unknown; to: unknown }) {
  const t = useTranslations('history.changes');
  return (
    <>
      <ChangedValue field={field} value={from} />
      <ArrowRight aria-hidden className="size-3.5 shrink-0 self-center text-quiet" />
      <span className="sr-only">{t('became')}</span>
      <ChangedValue field={field} value={to} />
    </>
  );
}

const LONG = 2_000;

const isNetwork = (value: unknown): value is 'wired' | 'wifi' | 'offline' =>
  value === 'wired' || value === 'wifi' || value === 'offline';

const isState = (value: unknown): value is FleetState => FLEET_STATES.includes(value as FleetState);

/** A room and a controller by their name; anything else as it was sent. */
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value).slice(0, LONG);
  const { name, id, deviceId } = value as { name?: unknown; id?: unknown; deviceId?: unknown };
  const named = [name, id, deviceId].find((each) => typeof each === 'string' && each !== '');
  return (named === undefined ? JSON.stringify(value) : String(named)).slice(0, LONG);
}
