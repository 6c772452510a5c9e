'use client';

import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { FacetList, type FacetOption } from '#components/ui/facet-list.tsx';
import type { FleetAnswer, FleetFacet } from '#lib/domain/fleet-answer.ts';
import { type FleetAddress, valueKey, withValueTurned } from '#lib/queries/fleet-address.ts';
import { useValueWord } from './value-word.ts';

type Props = { address: FleetAddress; facets: FleetAnswer['facets']; total: number };

/** Beside the list; statuses stand above it. */
const SHOWN: FleetFacet[] = ['model', 'firmware', 'software', 'network', 'group'];

/** How the devices of this view spread over models, versions, networks and groups; each value narrows the list. */
export function FleetFacets({ address, facets, total }: Props) {
  const say = useTranslations('fleet');
  const [open, setOpen] = useState(false);
  const options = useOptions(address, facets);
  return (
    <aside aria-label={say('spread')} className="min-w-0">
      <a href="#list" className="sr-only bg-surface p-2 focus:not-sr-only focus:absolute focus:z-10">
        {say('skipToList')}
      </a>
      <Button
        aria-expanded={open}
        aria-controls="spread"
        onClick={() => setOpen(!open)}
        className="mb-3 xl:hidden"
      >
        <SlidersHorizontal aria-hidden className="size-4" />
        {say('spread')}
      </Button>
      <div
        id="spread"
        className={`mb-4 gap-x-6 sm:grid-cols-2 lg:grid-cols-3 xl:block ${open ? 'grid' : 'hidden'}`}
      >
        {SHOWN.map((facet) => {
          const list = options(facet);
          // Bars are shares of what the counts of this property add up to: its own choice is not in them.
          const sum = list.reduce((all, { count }) => all + count, 0);
          return <FacetList key={facet} title={say(`facets.${facet}`)} options={list} total={sum || total} />;
        })}
      </div>
    </aside>
  );
}

function useOptions(address: FleetAddress, facets: FleetAnswer['facets']) {
  const word = useValueWord();
  return (facet: FleetFacet): FacetOption[] => {
    const chosen = address.question.facets[facet];
    const counted = facets[facet];
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
