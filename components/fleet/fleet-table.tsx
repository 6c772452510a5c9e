'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo } from 'react';
import { useTranslations } from 'use-intl';
import { ViewLink } from '#components/ui/view-link.tsx';
import type { FleetRow, FleetSort } from '#lib/domain/fleet-answer.ts';
import { type Column, type FleetAddress, nextSort, withQuestion } from '#lib/queries/fleet-address.ts';
import { DeviceCell } from './device-cell.tsx';
import { NameCell, StatusCell } from './device-name.tsx';
import { COLUMN_LOOK, tableWidth } from './fleet-columns.ts';

type Props = { rows: FleetRow[]; address: FleetAddress };

/** Devices as a table; where there is no room for one, each is a few lines. */
export function FleetTable({ rows, address }: Props) {
  const say = useTranslations('fleet');
  const { columns } = address;
  const { rem, scrolls } = tableWidth(columns);
  const table = (
    <table
      className="w-full table-fixed border-collapse text-left max-lg:block lg:min-w-(--least)"
      style={{ '--least': `${rem}rem` } as object}
    >
      <caption className="sr-only">{say('title')}</caption>
      <TableHead address={address} sticky={!scrolls} />
      <tbody className="max-lg:block max-lg:border-line max-lg:border-t">
        {rows.map((row, at) => (
          <DeviceRow key={row.key || at} row={row} columns={columns.join(' ')} />
        ))}
      </tbody>
    </table>
  );
  if (!scrolls) return table;
  // What scrolls must be reachable by keyboard.
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is scrolled with arrow keys
    <section aria-label={say('title')} tabIndex={0} className="lg:overflow-x-auto">
      {table}
    </section>
  );
}

function TableHead({ address, sticky }: { address: FleetAddress; sticky: boolean }) {
  const say = useTranslations('fleet');
  const shared = { address, sticky };
  return (
    <thead className="max-lg:hidden">
      <tr>
        <Header {...shared} sort="name" label={say('columns.name')} />
        <ColumnHeader {...shared} column="status" />
        {address.columns.map((column) => (
          <ColumnHeader key={column} {...shared} column={column} />
        ))}
      </tr>
    </thead>
  );
}

type HeadProps = { address: FleetAddress; sticky: boolean };

function ColumnHeader({ column, ...shared }: HeadProps & { column: Column | 'status' }) {
  const say = useTranslations();
  const { word, sort, rem } = COLUMN_LOOK[column];
  return <Header {...shared} sort={sort} label={say(word)} rem={rem} />;
}

type HeaderProps = HeadProps & {
  label: string;
  sort: Exclude<FleetSort, `-${string}`> | undefined;
  rem?: number;
};

function Header({ address, sticky, label, sort, rem }: HeaderProps) {
  const now = address.question.sort;
  const up = now === sort;
  const sorted = sort !== undefined && (up || now === `-${sort}`);
  const Arrow = up ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      aria-sort={sorted ? (up ? 'ascending' : 'descending') : undefined}
      style={rem === undefined ? undefined : { width: `${rem}rem` }}
      className={`h-8 truncate bg-canvas pr-3 font-medium text-quiet text-small shadow-[inset_0_-1px_0_var(--line-strong)] ${sticky ? 'sticky top-0 z-10' : ''}`}
    >
      {sort === undefined ? (
        label
      ) : (
        <ViewLink
          to={withQuestion(address, { sort: nextSort(now, sort) })}
          className={`inline-flex max-w-full items-center gap-0.5 no-underline hover:text-text hover:underline ${sorted ? 'font-semibold text-text' : 'text-quiet'}`}
        >
          <span className="truncate">{label}</span>
          {sorted && <Arrow aria-hidden className="size-3.5 shrink-0" />}
        </ViewLink>
      )}
    </th>
  );
}

const DeviceRow = memo(function DeviceRow({ row, columns }: { row: FleetRow; columns: string }) {
  const shown = columns === '' ? [] : (columns.split(' ') as Column[]);
  return (
    <tr className="border-line border-b hover:bg-sunken/60 max-lg:flex max-lg:flex-wrap max-lg:items-baseline max-lg:gap-x-3 max-lg:py-2">
      <NameCell row={row} />
      <StatusCell status={row.status} />
      {shown.map((column) => (
        <DeviceCell key={column} column={column} row={row} />
      ))}
    </tr>
  );
});
