'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { FromTo } from '#components/devices/changed-value.tsx';
import { useFieldName } from '#components/devices/use-field-text.ts';
import { BareButton } from '#components/ui/bare-button.tsx';
import { useMomentText } from '#components/ui/moment.tsx';
import type { HistoryAnswer, ShownChange } from '#lib/api/history/history-answers.ts';
import { useHistoryTexts } from './use-history-texts.ts';

const SHOWN_FIRST = 10;
const MOST_SHOWN = 300;

/** Fields that the chart shows: the device's own status and DingTalk's word for it. */
export const IN_CHART = new Set(['status.state', 'status.raw']);

/** What changed, from what to what, when that was noticed and how; newest first. */
export function HistoryChanges({ history }: { history: HistoryAnswer }) {
  const { t } = useHistoryTexts();
  const [all, setAll] = useState(false);
  const changes = history.changes.filter(({ field }) => !IN_CHART.has(field));
  const shown = changes.slice(0, all ? MOST_SHOWN : SHOWN_FIRST);
  const more = history.moreChanges || changes.length > MOST_SHOWN;
  return (
    <section aria-label={t('changes.title')} className="min-w-0">
      <h3 className="font-semibold text-quiet text-small">{t('changes.title')}</h3>
      <p className="text-quiet text-small">{t('changes.where')}</p>
      {changes.length === 0 && <p className="mt-1">{t('changes.none')}</p>}
      <ul className="mt-1 divide-y divide-line">
        {shown.map((change, at) => (
          // Two changes may look alike to somebody who may not see whose they are.
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced whole with each answer
          <ChangeRow key={at} change={change} />
        ))}
      </ul>
      {changes.length > SHOWN_FIRST && (
        <BareButton
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="mt-1 min-h-7 rounded-sm text-accent text-small underline underline-offset-2"
        >
          {all ? t('changes.fewer') : t('changes.all', { n: Math.min(changes.length, MOST_SHOWN) })}
        </BareButton>
      )}
      {all && more && <p className="text-quiet text-small">{t('changes.more')}</p>}
    </section>
  );
}

/** The page as it was known before the change, beside what it was after. An event is known later than what it tells. */
function AsKnownThen({ at, since, noticed }: { at: string; since: string; noticed: string }) {
  const { t } = useHistoryTexts();
  const path = usePathname();
  return (
    <>
      {' · '}
      <Link
        href={`${path}?${new URLSearchParams({ at: since, against: at })}`}
        prefetch={false}
        className="text-accent underline underline-offset-2"
      >
        {t('changes.asThen')}
        <span className="sr-only"> ({noticed})</span>
      </Link>
    </>
  );
}

function ChangeRow({ change: { at, notBefore, field, from, to, source } }: { change: ShownChange }) {
  const { t, time } = useHistoryTexts();
  const moment = useMomentText();
  const word = useFieldName();
  // An event tells the moment of the change itself.
  const overrides = source === 'event';
  const noticed = overrides ? moment(at) : t('changes.noticed', { at: moment(at), since: moment(notBefore) });
  return (
    <li className="grid gap-x-4 py-1.5 sm:grid-cols-[7rem_minmax(0,1fr)]">
      <time dateTime={at} title={noticed} className="whitespace-nowrap text-quiet">
        {time(at)}
        <span className="sr-only"> ({noticed})</span>
      </time>
      <div className="min-w-0">
        <p>
          <span className="device-text font-medium">{word(field)}</span>{' '}
          <span className="text-quiet text-small">
            {t(`source.${source}`)}
            {!overrides && <AsKnownThen at={at} since={notBefore} noticed={noticed} />}
          </span>
        </p>
        <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <FromTo field={field} from={from} to={to} />
        </p>
      </div>
    </li>
  );
}
