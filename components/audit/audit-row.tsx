'use client';

import { Ban, Check, ChevronRight, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useMomentText } from '#components/ui/moment.tsx';
import type { ShownEntry } from '#lib/api/audit/audit-answers.ts';
import type { AuditOutcome } from '#lib/domain/audit/audit.ts';
import type { AuditFilter } from '#lib/domain/audit/audit-filter.ts';
import { AuditDetails } from './audit-details.tsx';

type Props = { entry: ShownEntry; filter: AuditFilter };

/** One entry in a line, which opens to all that is kept of it. */
export function AuditRow({ entry, filter }: Props) {
  const t = useTranslations('audit');
  const moment = useMomentText();
  const [open, setOpen] = useState(false);
  const { at, who, action, target, reason, outcome } = entry;
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="grid grid-cols-[1rem_minmax(0,1fr)_auto] items-baseline gap-x-3 gap-y-0.5 py-2 hover:bg-sunken/60 lg:grid-cols-[1rem_15rem_minmax(0,12rem)_minmax(0,1fr)_7rem]">
          <ChevronRight aria-hidden className={`size-4 self-center text-quiet ${open ? 'rotate-90' : ''}`} />
          <time dateTime={at} className="text-quiet tabular-nums max-lg:text-small">
            {moment(at)}
          </time>
          <span className="device-text min-w-0 break-words font-medium max-lg:col-start-2 max-lg:row-start-2">
            {who.name ?? t('nobody')}
          </span>
          <span className="min-w-0 max-lg:col-start-2 max-lg:row-start-3">
            <span className="flex flex-wrap gap-x-2">
              {t(`actions.${action}`)}
              {target && (
                <span className="device-text min-w-0 text-quiet">
                  {t(`targets.${target.kind}`)} {target.id}
                </span>
              )}
            </span>
            {reason !== null && <span className="device-text line-clamp-1 block text-quiet">{reason}</span>}
          </span>
          <Outcome outcome={outcome} />
        </summary>
        {open && <AuditDetails entry={entry} filter={filter} />}
      </details>
    </li>
  );
}

const ICON = { done: Check, refused: Ban, failed: X } as const;

function Outcome({ outcome }: { outcome: AuditOutcome }) {
  const t = useTranslations('audit.outcomes');
  const Icon = ICON[outcome];
  return (
    <span
      className={`inline-flex items-center gap-1 max-lg:col-start-3 max-lg:row-start-1 ${outcome === 'done' ? 'text-quiet' : 'font-medium'}`}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {t(outcome)}
    </span>
  );
}
