'use client';

import { useTranslations } from 'use-intl';
import type { FleetRow } from '#lib/api/inventory/fleet-answers.ts';
import type { MatchReason } from '#lib/api/search/search-answers.ts';
import { Marked } from './marked.tsx';

type Props = { why: MatchReason | null; row: FleetRow | null };

/** What it was found by, with the piece that was pasted marked in the whole. Names are marked where they stand. */
export function WhyFound({ why, row }: Props) {
  const t = useTranslations('search');
  if (!why || why.by === 'name' || why.by === 'room-name') return null;
  const whole = wholeOf(why, row);
  return (
    <>
      {why.controller === null
        ? t(`by.${why.by}`)
        : t('ofPanel', { what: t(`by.${why.by}`), name: why.controller || '–' })}{' '}
      <span className="identifier text-text">
        <Marked text={whole} piece={why.text} asOne />
        {/* Only its beginning was typed, and the whole is not at hand. */}
        {!why.exact && whole === why.text && '…'}
      </span>
    </>
  );
}

/** The identifier in full where this reader has it and it holds what was typed; else what was typed. */
function wholeOf({ by, text, controller }: MatchReason, row: FleetRow | null): string {
  if (!row || controller !== null) return text;
  const values: Partial<Record<MatchReason['by'], unknown>> = {
    'device-id': row.deviceId,
    'union-id': row.unionId,
    serial: row.serial,
    mac: row.mac,
    ip: row.network.ip,
  };
  const whole = values[by];
  return typeof whole === 'string' && whole.toLowerCase().includes(text.toLowerCase()) ? whole : text;
}
