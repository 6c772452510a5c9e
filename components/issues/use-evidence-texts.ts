'use client';

import { useTranslations } from 'use-intl';
import { useFieldName } from '#components/devices/use-field-text.ts';
import { useStatusText } from '#components/history/status-icon.tsx';
import type { ShownEvidence } from '#lib/api/issues/issue-answers.ts';
import { isConcealed } from '#lib/domain/devices/conceal.ts';
import { ALARM_RULES } from '#lib/domain/events/device-event.ts';
import { FLEET_STATES, type FleetState } from '#lib/domain/inventory/fleet.ts';
import { ALARM_FIELD } from '#lib/domain/issues/issue.ts';

/** What an issue rests on, in the reader's words. */
export function useEvidenceTexts() {
  const t = useTranslations('issues');
  const history = useTranslations('history');
  const device = useTranslations('device');
  const state = useStatusText();
  const word = useFieldName();
  const name = (field: string) => {
    const rule = field.startsWith(ALARM_FIELD) ? field.slice(ALARM_FIELD.length) : null;
    const known = ALARM_RULES.find((each) => each === rule);
    return rule === null ? word(field) : known ? history(`rule.${known}`) : rule;
  };
  return {
    /** Which field of which device, or which alarm. */
    label: ({ field, of, among }: ShownEvidence): string => {
      if (among) {
        const { what, name: named, ...counts } = among;
        const group = isConcealed(named) ? t('among.concealed') : named;
        return t(`among.${what}`, { ...counts, name: group, field: name(field) });
      }
      return of
        ? t('of', { device: of.name ?? of.deviceId ?? t('unnamed'), field: name(field) })
        : name(field);
    },
    /** What was said there, as plain text. */
    value: ({ field, value, among }: ShownEvidence): string => {
      if (among && value === null) return t(field === 'mac' ? 'among.fits' : 'among.named');
      if (isConcealed(value)) return device('concealed');
      if (value === null || value === '') return history('changes.nothing');
      if (field.endsWith('status.state') && FLEET_STATES.includes(value as FleetState))
        return state(value as FleetState);
      return typeof value === 'object' ? String((value as { name?: unknown }).name ?? '…') : String(value);
    },
    source: ({ source }: ShownEvidence): string => history(`source.${source}`),
  };
}
