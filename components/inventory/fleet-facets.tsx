'use client';

import { SlidersHorizontal } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { FacetList, type FacetOption } from '#components/ui/list/facet-list.tsx';
import type { Count, FleetAnswer } from '#lib/api/inventory/fleet-answers.ts';
import type { FleetFacet } from '#lib/domain/inventory/fleet-filter.ts';
import { isIssueGroup } from '#lib/domain/issues/issue.ts';
import { type FleetAddress, valueKey, withValueTurned } from '#lib/queries/inventory/fleet-address.ts';
import { FleetSort } from './fleet-sort.tsx';
import { useValueText } from './value-text.ts';

type Props = {
  address: FleetAddress;
  /** Null while nothing is known of the view. */
  facets: FleetAnswer['facets'] | null;
  /** Whether there are rows to sort: that stands beside the button where there is no room for a column. */
  sortable: boolean;
};

const ANY_OR_NONE = [valueKey('(any)'), valueKey(null)];

/** Beside the list; statuses stand above it. */
const SHOWN: FleetFacet[] = ['issue', 'model', 'firmware', 'software', 'network', 'group'];

/** How the devices of this view spread over models, versions, networks and groups; each value narrows the list. */
export const FleetFacets = memo(function FleetFacets({ address, facets, sortable }: Props) {
  const t = useTranslations('fleet');
  const [open, setOpen] = useState(false);
  const options = useOptions(address, facets);
  const lists = SHOWN.map((facet) => ({ facet, list: options(facet) })).filter(({ list }) => list.length > 0);
  return (
    <aside aria-label={t('spread')} className="isolate min-w-0">
      <a href="#list" className="sr-only bg-surface p-2 focus:not-sr-only focus:absolute focus:z-10">
        {t('skipToList')}
      </a>
      <div className="mb-3 flex gap-2 empty:hidden xl:hidden">
        {lists.length > 0 && (
          <Button aria-expanded={open} aria-controls="spread" onClick={() => setOpen(!open)}>
            <SlidersHorizontal aria-hidden className="size-4 shrink-0" />
            {t('filters')}
          </Button>
        )}
        {sortable && <FleetSort address={address} />}
      </div>
      <div
        id="spread"
        className={`mb-4 gap-x-6 sm:grid-cols-2 lg:grid-cols-3 xl:block ${open ? 'grid' : 'hidden'}`}
      >
        {lists.map(({ facet, list }) => (
          <FacetList
            key={facet}
            title={t(`facets.${facet}`)}
            options={list}
            // Its own choice is not in a property's counts, so a full bar is their sum and not the list's length.
            total={list.reduce(
              // A device with an issue is in several groups and codes, but once in "any".
              (sum, { key, count }) => (facet !== 'issue' || ANY_OR_NONE.includes(key) ? sum + count : sum),
              0,
            )}
          />
        ))}
      </div>
    </aside>
  );
});

function useOptions(address: FleetAddress, facets: FleetAnswer['facets'] | null) {
  const word = useValueText();
  return (facet: FleetFacet): FacetOption[] => {
    const chosen = address.question.facets[facet];
    const all = facets?.[facet] ?? [];
    // Groups of issues come first, "not reported" last.
    const rank = ({ value }: Count) =>
      (value === null ? 1 : 0) - (value !== null && isIssueGroup(value) ? 1 : 0);
    const counted = all.toSorted((one, other) => rank(one) - rank(other));
    const missing = chosen
      .filter((value) => !counted.some((count) => count.value === value))
      .map((value) => ({ value, count: 0, label: null }));
    return [...counted, ...missing].map((count) => ({
      key: valueKey(count.value),
      label: word(facet, count),
      word: word(facet, count),
      count: count.count,
      chosen: chosen.includes(count.value),
      to: withValueTurned(address, facet, count.value),
    }));
  };
}
