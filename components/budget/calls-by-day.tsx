'use client';

import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Patterns, Piece, Swatch } from '#components/diagnostics/pattern.tsx';
import type { ServiceAnswer } from '#lib/api/diagnostics/system-answers.ts';
import { CALL_PURPOSES, type CallPurpose } from '#lib/domain/budget/budget.ts';
import { useChinaDay } from './use-china-day.ts';

type Day = { day: string; total: number; calls: Partial<Record<CallPurpose, number>> };
type Props = { month: string; byDay: ServiceAnswer['budget']['byDay'] };

const COLUMN = 24;
const GAP = 6;
const HEIGHT = 96;

/** Each day's calls by what they were for, as columns; one day is told in words, and the table stands behind. */
export function CallsByDay({ month, byDay }: Props) {
  const t = useTranslations('admin.budget');
  const purpose = useTranslations('admin.purpose');
  const write = useChinaDay();
  const id = useId();
  const days = daysOf(month, byDay);
  const last = days.findLastIndex(({ total }) => total > 0);
  const [chosen, setChosen] = useState<number | null>(null);
  const at = chosen ?? Math.max(0, last);
  const shown = days[at];
  const used = CALL_PURPOSES.filter((each) => byDay.some((entry) => entry.purpose === each));
  const name = (day: string) => write(`${day}T12:00:00+08:00`);
  return (
    <figure className="mt-6">
      <figcaption className="flex flex-wrap justify-between gap-x-4 text-quiet text-small">
        <span className="font-semibold">{t('byDay')}</span>
        {t('most', { calls: Math.max(...days.map(({ total }) => total)) })}
      </figcaption>
      <Columns id={id} days={days} used={used} at={at} onPoint={setChosen} title={t('byDay')} />
      <label className="block">
        <span className="sr-only">{t('day')}</span>
        <input
          type="range"
          min={0}
          max={days.length - 1}
          value={at}
          aria-valuetext={shown ? name(shown.day) : undefined}
          onChange={({ currentTarget }) => setChosen(Number(currentTarget.value))}
          className="block h-6 w-full accent-accent"
        />
      </label>
      <p aria-hidden className="flex justify-between text-quiet text-small">
        <span>{name(days[0]?.day ?? '')}</span>
        <span>{name(days.at(-1)?.day ?? '')}</span>
      </p>
      {shown && (
        <p aria-live="polite" className="mt-2 flex min-h-10 flex-wrap items-center gap-x-5 gap-y-1">
          <span className="font-medium">
            {name(shown.day)}: {t('calls', { calls: shown.total })}
          </span>
          {used.map((each) => (
            <span key={each} className="flex items-center gap-2 text-quiet">
              <Swatch id={id} fill={each} />
              {purpose(each)} {shown.calls[each] ?? 0}
            </span>
          ))}
        </p>
      )}
      <DayTable days={days.filter(({ total }) => total > 0)} used={used} name={name} />
    </figure>
  );
}

type ColumnsProps = {
  id: string;
  days: Day[];
  used: CallPurpose[];
  at: number;
  onPoint: (at: number) => void;
  title: string;
};

function Columns({ id, days, used, at, onPoint, title }: ColumnsProps) {
  const most = Math.max(1, ...days.map(({ total }) => total));
  return (
    <svg
      role="img"
      aria-label={title}
      viewBox={`0 0 ${days.length * COLUMN} ${HEIGHT + 2}`}
      preserveAspectRatio="none"
      className="mt-2 block h-24 w-full border-line-strong border-b"
    >
      <Patterns id={id} />
      {days.map(({ day, calls }, index) => {
        let y = HEIGHT + 2;
        return (
          <g key={day} onPointerEnter={() => onPoint(index)}>
            <rect
              x={index * COLUMN}
              y={0}
              width={COLUMN}
              height={HEIGHT + 2}
              className={index === at ? 'fill-sunken' : 'fill-transparent'}
            />
            {used.map((purpose) => {
              const height = ((calls[purpose] ?? 0) / most) * HEIGHT;
              y -= height;
              return height === 0 ? null : (
                <Piece
                  key={purpose}
                  id={id}
                  fill={purpose}
                  x={index * COLUMN + GAP / 2}
                  y={y}
                  width={COLUMN - GAP}
                  height={height}
                />
              );
            })}
          </g>
        );
      })}
    </svg>
  );
}

type TableProps = { days: Day[]; used: CallPurpose[]; name: (day: string) => string };

function DayTable({ days, used, name }: TableProps) {
  const t = useTranslations('admin.budget');
  const purpose = useTranslations('admin.purpose');
  return (
    <details className="mt-1">
      <summary className="w-fit text-accent">{t('table')}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by the keyboard */}
      <section className="mt-2 overflow-x-auto" tabIndex={0} aria-label={t('byDay')}>
        <table className="text-right">
          <thead className="text-quiet text-small">
            <tr>
              <th scope="col" className="pr-4 text-left font-medium">
                {t('day')}
              </th>
              {used.map((each) => (
                <th key={each} scope="col" className="px-2 font-medium">
                  {purpose(each)}
                </th>
              ))}
              <th scope="col" className="pl-2 font-medium">
                {t('total')}
              </th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, calls, total }) => (
              <tr key={day} className="border-line border-t">
                <th scope="row" className="whitespace-nowrap py-1 pr-4 text-left font-normal">
                  {name(day)}
                </th>
                {used.map((each) => (
                  <td key={each} className="px-2">
                    {calls[each] ?? 0}
                  </td>
                ))}
                <td className="pl-2 font-medium">{total}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

/** Every day of the month, so that a day without calls is a gap and the month's end is in sight. */
function daysOf(month: string, byDay: Props['byDay']): Day[] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const count = new Date(Date.UTC(year, number, 0)).getUTCDate();
  const days = Array.from({ length: count }, (_, at): Day => {
    return { day: `${month}-${String(at + 1).padStart(2, '0')}`, total: 0, calls: {} };
  });
  const known = new Map(days.map((day) => [day.day, day]));
  for (const { day, purpose, calls } of byDay) {
    const found = known.get(day);
    if (!found) continue;
    found.total += calls;
    found.calls[purpose] = (found.calls[purpose] ?? 0) + calls;
  }
  return days;
}
