'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { EmptyInventory } from '#components/discovery/empty-inventory.tsx';
import { ListPast } from '#components/history/as-of/list-as-of.tsx';
import { useReader } from '#components/layout/reader-provider.tsx';
import { AsOfMoment } from '#components/ui/as-of.tsx';
import { FilterBox } from '#components/ui/list/filter-box.tsx';
import { FilterTexts } from '#components/ui/list/filter-texts.tsx';
import { ListError, NothingMatches, WaitingRows } from '#components/ui/list/list-states.tsx';
import { MoreRows } from '#components/ui/list/more-rows.tsx';
import { UnreadFilters } from '#components/ui/list/unknown-filters.tsx';
import { useRowKeys } from '#components/ui/list/use-row-keys.ts';
import { UntilNew } from '#components/ui/until-new.tsx';
import { useView } from '#components/ui/use-view.ts';
import type { FleetAnswer } from '#lib/api/inventory/fleet-answers.ts';
import { can } from '#lib/domain/access/operator.ts';
import { fleetParams, NOW } from '#lib/domain/inventory/fleet-filter.ts';
import { unreadInFleet } from '#lib/domain/inventory/unknown-filter.ts';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';
import { fleetQuery, type ReceivedFleet } from '#lib/queries/inventory/fleet.ts';
import {
  COLUMNS,
  type FleetAddress,
  fleetAddress,
  isNarrowed,
  readFleetAddress,
  withoutFilters,
  withQuestion,
} from '#lib/queries/inventory/fleet-address.ts';
import { type ChosenNames, useChosenTexts } from './chosen-filter-texts.ts';
import { FleetFacets } from './fleet-facets.tsx';
import { FleetTable } from './fleet-table.tsx';
import { FleetTitle } from './fleet-title.tsx';
import { FleetTools } from './fleet-tools.tsx';
import { CommonBand } from './shared-attributes-band.tsx';
import { StatusCounts } from './status-counts.tsx';

type Props = {
  /** What the server answered when it drew the page, and to which view. */
  first: { view: string; answer: FleetAnswer };
  /** Names of the room and the groups in the address, where no row says them. */
  names: ChosenNames;
  appUrl: string;
};

/** Every known device: asks for the view that the address names, and shows whichever of its states there is. */
export function FleetView({ first, names, appUrl }: Props) {
  const t = useTranslations('fleet');
  const view = useView();
  const address = useMemo(() => readFleetAddress(view.params), [view.params]);
  const { role } = useReader();
  useRowKeys();
  const query = useFleet(address, first);
  const { answer } = query;
  const words = useChosenTexts(address, answer, names);
  const cleared = withoutFilters(address);
  const narrowed = isNarrowed(address.question);
  // The list comes first: a letter does not wait for the counts and links around it.
  const around = useDeferredValue(useMemo(() => ({ address, answer }), [address, answer]));
  const { at } = address.question;
  const past = query.data?.pages[0]?.past;
  if (answer && at === null && !narrowed && isEmpty(answer)) {
    const lookUp = can(role, 'ask-live');
    return <EmptyInventory part="fleet" lookUp={lookUp} />;
  }
  return (
    <AsOfMoment at={at} against={past?.against}>
      {past && <ListPast past={past} now={view.href(withQuestion(address, NOW))} kind="device" />}
      <div className="relative flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <FleetTitle answer={answer} question={address.question} />
        <FleetTools address={around.address} appUrl={appUrl} rows={around.answer?.total ?? null} />
      </div>
      <div className="mt-4 space-y-3">
        <FilterBox
          label={can(role, 'see-identity') ? t('find') : t('findNames')}
          value={address.question.q}
          onChange={(q) => view.replace(withQuestion(address, { q }))}
        />
        {around.answer && <StatusCounts address={around.address} counts={around.answer.facets.status} />}
        <FilterTexts words={words} cleared={cleared} />
        <CommonBand address={address} />
      </div>
      <UnreadFilters filters={unreadInFleet(view.params, COLUMNS)} without={fleetAddress(address)} />
      <ListError query={query} className="mt-4" />
      <div className="mt-4 gap-6 xl:grid xl:grid-cols-[12rem_minmax(0,1fr)]">
        <FleetFacets
          address={around.address}
          facets={around.answer?.facets ?? null}
          sortable={(around.answer?.total ?? 0) > 0}
        />
        <div
          id="list"
          tabIndex={-1}
          aria-busy={query.isPlaceholderData}
          className="isolate min-w-0 outline-none"
        >
          {query.isPending && <WaitingRows />}
          {answer && answer.total === 0 && (at === null || narrowed) && (
            <NothingMatches why={t('nothingMatchesWhy')} cleared={cleared} />
          )}
          {answer && query.rows.length > 0 && (
            <UntilNew isOld={query.isPlaceholderData}>
              <FleetTable rows={query.rows} address={address} groups={answer.facets.group} />
              <MoreRows query={query} shown={query.rows.length} total={answer.total} />
            </UntilNew>
          )}
        </div>
      </div>
    </AsOfMoment>
  );
}

/** The rows of a view as far as they were read, and the newest counts. */
function useFleet(address: FleetAddress, first: Props['first']) {
  const isFirst = fleetParams(address.question).toString() === first.view;
  const query = useInfiniteQuery({
    ...fleetQuery(useReader(), address.question),
    ...(isFirst && {
      initialData: { pages: [first.answer as ReceivedFleet], pageParams: [null] },
      initialDataUpdatedAt: () => firstSeenAt(first.answer),
    }),
  });
  const rows = useMemo(() => {
    // A row that moved between two pages came twice; the later one is newer.
    const found = (query.data?.pages ?? []).flatMap(({ items }) => items);
    const places = new Map(found.map((row, at) => [row.key || `${at}`, row]));
    return [...places.values()];
  }, [query.data]);
  return { ...query, rows, answer: query.data?.pages.at(-1) };
}

/** Nothing was ever found: gone devices are something. */
const isEmpty = ({ known, facets }: FleetAnswer) => known === 0 && facets.status.length === 0;
