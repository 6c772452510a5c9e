'use client';

import { useTranslations } from 'use-intl';
import { useStatusText } from '#components/history/status-icon.tsx';
import { useMomentText } from '#components/ui/moment.tsx';
import { isConcealed } from '#lib/domain/devices/conceal.ts';
import { FLEET_STATES, type FleetState } from '#lib/domain/inventory/fleet.ts';

const NETWORKS = ['wired', 'wifi', 'offline'] as const;
const REPORTED = new Set(['peripherals.mirror', 'peripherals.hdmi']);
const among = <T>(all: readonly T[], value: unknown): value is T => all.includes(value as T);

/** What a device's page says for a value of a field, as plain text; null where it has no words of its own for it. */
export function useValueText(): (field: string, value: unknown) => string | null {
  const device = useTranslations('device');
  const kind = useTranslations('kind');
  const state = useStatusText();
  const moment = useMomentText();
  return (field, value) => {
    if (isConcealed(value)) return device('concealed');
    if (value === null || value === undefined) return device('notSaid');
    if (field.endsWith('status.state') && among<FleetState>(FLEET_STATES, value)) return state(value);
    if (/(^|\.)kind$/.test(field) && among(['device', 'accessory', 'unknown'] as const, value))
      return kind(value);
    if (field === 'network.type' && among(NETWORKS, value)) return device(`network.${value}`);
    if (REPORTED.has(field) && among(['true', 'false'] as const, value)) return device(`reported.${value}`);
    if (field === 'activatedAt' && typeof value === 'string') return moment(value);
    return null;
  };
}
