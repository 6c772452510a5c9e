'use client';

import { useState } from 'react';
import type { Timeline } from '#lib/domain/history/timeline.ts';
import { useHistoryTexts } from './use-history-texts.ts';

/** More rows than anybody reads would make the page slow; a shorter stretch of time shows the others. */
const MOST_ROWS = 500;

/** The timeline for those who cannot see it, newest first; made when it is opened. */
export function HistoryTable({ line }: { line: Timeline }) {
  const { t } = useHistoryTexts();
  const [open, setOpen] = useState(false);
  return (
    <details className="mt-2" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit text-accent">{t('table.show')}</summary>
      {open && <Rows line={line} />}
    </details>
  );
}

const COLUMNS = ['state', 'from', 'to', 'length', 'source'] as const;

function Rows({ line: { items } }: { line: Timeline }) {
  const { t, state, time, length } = useHistoryTexts();
  const shown = items.slice(-MOST_ROWS).reverse();
  return (
    <>
      {shown.length < items.length && (
        <p className="mt-2 text-quiet">{t('table.cut', { shown: shown.length, total: items.length })}</p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className="mt-2 max-h-96 overflow-auto" tabIndex={0} aria-label={t('picture')}>
        <table className="text-left">
          <thead className="text-quiet text-small">
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col" className="pr-6 font-medium">
                  {t(`table.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((item) => (
              <tr key={`${item.from} ${item.to} ${item.state}`} className="border-line border-t">
                <th scope="row" className="whitespace-nowrap py-1 pr-6 font-normal">
                  {state(item.state)}
                </th>
                <td className="whitespace-nowrap pr-6">{time(item.from)}</td>
                <td className="whitespace-nowrap pr-6">{time(item.to)}</td>
                <td className="whitespace-nowrap pr-6">
                  {item.to > item.from ? length(item.to - item.from) : t('table.moment')}
                </td>
                <td className="whitespace-nowrap">{item.source && t(`source.${item.source}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
