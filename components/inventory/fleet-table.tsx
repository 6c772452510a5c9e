'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { type MouseEvent, memo } from 'react';
import { useTranslations } from 'use-intl';
import { ViewLink } from '#components/ui/view-link.tsx';
import type { Count, FleetRow } from '#lib/api/inventory/fleet-answers.ts';
import type { FleetSort } from '#lib/domain/inventory/fleet-filter.ts';
import {
  type Column,
  type FleetAddress,
  nextSort,
  withQuestion,
} from '#lib/queries/inventory/fleet-address.ts';
import { DeviceCell } from './device-cell.tsx';
import { NameCell, PINNED, StatusCell } from './device-name.tsx';
import { COLUMN_STYLE, tableWidth } from './fleet-columns.ts';

type Props = {
  rows: FleetRow[];
  address: FleetAddress;
  /** The counts by room group: they hold the names of every group that a row can be in. */
  groups: Count[];
};

/** Devices as a table; where there is no room for one, each is a few lines. */
export function FleetTable({ rows, address, groups }: Props) {
  const t = useTranslations('fleet');
  const { columns } = address;
  const { rem, scrolls } = tableWidth(columns);
  const groupNames = new Map(groups.map(({ value, label }) => [value, label ?? null]));
  const table = (
    <table
      className="w-full table-fixed border-collapse text-left max-lg:block lg:min-w-(--least)"
      style={{ '--least': `${rem}rem` } as object}
    >
      <caption className="sr-only">{t('title')}</caption>
      <TableHead address={address} scrolls={scrolls} />
      <tbody className="max-lg:block">
        {rows.map((row, at) => (
          <DeviceRow
            key={row.key || at}
            row={row}
            columns={columns.join(' ')}
            pinned={scrolls}
            group={groupNames.get(row.group?.id ?? null) ?? null}
          />
        ))}
      </tbody>
    </table>
  );
  if (!scrolls) return <div className="card">{table}</div>;
  // What scrolls must be reachable by keyboard.
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is scrolled with arrow keys
    <section aria-label={t('title')} tabIndex={0} className="card relative lg:overflow-x-auto">
      {table}
    </section>
  );
}

function TableHead({ address, scrolls }: { address: FleetAddress; scrolls: boolean }) {
  const t = useTranslations('fleet');
  const shared = { address, stays: '' };
  return (
    // What scrolls sideways keeps its names in sight, what does not keeps its headers.
    <thead className={`max-lg:hidden ${scrolls ? '' : 'sticky top-0 z-10'}`}>
      <tr>
        <Header
          address={address}
          stays={scrolls ? PINNED : ''}
          offers={[
            { sort: 'room', label: t('columns.room') },
            { sort: 'name', label: t('columns.name') },
          ]}
        />
        <Header
          {...shared}
          rem={COLUMN_STYLE.status.rem}
          offers={[
            { sort: 'status', label: t('columns.status') },
            { sort: 'since', label: t('columns.since') },
          ]}
        />
        {address.columns.map((column) => (
          <ColumnHeader key={column} {...shared} column={column} />
        ))}
      </tr>
    </thead>
  );
}

type HeadProps = { address: FleetAddress; stays: string };

function ColumnHeader({ column, ...shared }: HeadProps & { column: Column }) {
  const t = useTranslations();
  const { word, sort, rem, grows } = COLUMN_STYLE[column];
  return <Header {...shared} offers={[{ sort, label: t(word) }]} {...(!grows && { rem })} />;
}

type Offer = { label: string; sort: Exclude<FleetSort, `-${string}`> | undefined };

/** One column's header; what it offers to sort by stands in it, and says which way it goes. */
function Header({ address, stays, offers, rem }: HeadProps & { offers: Offer[]; rem?: number }) {
  const now = address.question.sort;
  const sorted = offers.some(({ sort }) => now === sort || now === `-${sort}`);
  return (
    <th
      scope="col"
      aria-sort={sorted ? (now.startsWith('-') ? 'descending' : 'ascending') : undefined}
      style={rem === undefined ? undefined : { width: `${rem}rem` }}
      className={`h-9 bg-surface pr-3 font-medium text-quiet text-small shadow-[inset_0_-1px_0_var(--line-strong)] first:rounded-tl-card first:pl-4 last:rounded-tr-card last:pr-4 ${stays}`}
    >
      <span className="flex gap-2">
        {offers.map(({ sort, label }) =>
          sort === undefined ? (
            <span key={label} className="truncate">
              {label}
            </span>
          ) : (
            <SortLink key={label} address={address} sort={sort} label={label} />
          ),
        )}
      </span>
    </th>
  );
}

type SortProps = { address: FleetAddress; sort: Exclude<FleetSort, `-${string}`>; label: string };

function SortLink({ address, sort, label }: SortProps) {
  const now = address.question.sort;
  const up = now === sort;
  const sorted = up || now === `-${sort}`;
  const Arrow = up ? ArrowUp : ArrowDown;
  return (
    <ViewLink
      to={withQuestion(address, { sort: nextSort(now, sort) })}
      className={`inline-flex min-w-0 items-center gap-0.5 no-underline hover:text-text hover:underline ${sorted ? 'font-semibold text-text' : 'text-quiet'}`}
    >
      <span className="truncate">{label}</span>
      {sorted && <Arrow aria-hidden className="size-3.5 shrink-0" />}
    </ViewLink>
  );
}

type RowProps = { row: FleetRow; columns: string; pinned: boolean; group: string | null };

/** A press anywhere in a row opens its device; links and selected text keep their own meaning. */
function openRow({ target, currentTarget }: MouseEvent<HTMLTableRowElement>): void {
  const isOwn = target instanceof Element && target.closest('a, button') !== null;
  if (isOwn || getSelection()?.toString()) return;
  currentTarget.querySelector<HTMLAnchorElement>('th a')?.click();
}

// A row is drawn again only when it changed: what comes in live is mostly about others.
const DeviceRow = memo(function DeviceRow({ row, columns, pinned, group }: RowProps) {
  const shown = columns === '' ? [] : (columns.split(' ') as Column[]);
  return (
    <tr
      onClick={openRow}
      className="cursor-pointer border-line border-b last:border-0 hover:bg-sunken/60 max-lg:flex max-lg:flex-wrap max-lg:items-baseline max-lg:gap-x-3 max-lg:px-4 max-lg:py-2"
    >
      <NameCell row={row} pinned={pinned} />
      <StatusCell row={row} />
      {shown.map((column) => (
        <DeviceCell key={column} column={column} row={row} group={group} />
      ))}
    </tr>
  );
});
