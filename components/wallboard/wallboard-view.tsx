'use client';

import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useReader } from '#components/layout/reader-provider.tsx';
import type { FleetAnswer } from '#lib/api/inventory/fleet-answers.ts';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';
import { WALLBOARD_PARTS, wallboardQuery } from '#lib/queries/inventory/wallboard.ts';
import { useDrift } from './use-drift.ts';
import { useWakeLock } from './use-wake-lock.ts';
import { WallboardCounts } from './wallboard-counts.tsx';
import { WallboardIssues } from './wallboard-error.tsx';
import { WallboardFooter } from './wallboard-footer.tsx';
import { WallboardHeader } from './wallboard-header.tsx';

type Props = {
  /** The group it is of, as the server knew it; null for all rooms. */
  group: { id: string; name: string | null; isKnown: boolean } | null;
  /** What the server knew when it drew the page, for each of the wall's parts. */
  first: FleetAnswer[];
  dark: boolean;
  /** The number of the newest change that `first` may hold. */
  liveSince: number;
};

/** A screen that nobody touches: how many are how, what wants somebody, and how old that is. */
export function WallboardView({ group, first, dark, liveSince }: Props) {
  const t = useTranslations('wallboard');
  const parts = useWall(group, first);
  const drift = useDrift();
  useWakeLock();
  const newest = parts[0]?.data;
  const asOf = Math.min(...parts.map(({ dataUpdatedAt }) => dataUpdatedAt));
  const failed = parts.some(({ isError }) => isError);
  return (
    <div
      className={`wall:h-dvh min-h-dvh bg-canvas text-text wall:overflow-hidden ${dark ? 'scheme-dark' : ''}`}
    >
      <main
        id="content"
        tabIndex={-1}
        style={{ translate: drift }}
        className="flex wall:h-full flex-col gap-[calc(0.5rem+0.6vw)] p-[calc(0.75rem+0.6vw)] outline-none"
      >
        <WallboardHeader liveSince={liveSince} group={group} asOf={asOf} failed={failed} />
        {newest && group?.isKnown !== false && <WallboardCounts counts={newest.facets.status} />}
        {group?.isKnown === false ? (
          <Said>{t('noGroup')}</Said>
        ) : newest?.known === 0 ? (
          <Said>{t('nothingKnown')}</Said>
        ) : (
          <WallboardIssues
            devices={parts.flatMap(({ data }) => data?.items ?? [])}
            total={parts.reduce((sum, { data }) => sum + (data?.total ?? 0), 0)}
          />
        )}
        <WallboardFooter />
      </main>
    </div>
  );
}

function Said({ children }: { children: ReactNode }) {
  return <p className="grow text-[length:calc(1rem+1.2vw)] text-quiet leading-normal">{children}</p>;
}

/** All parts of the wall; `offline` first, whose counts are of everything. */
function useWall(group: Props['group'], first: FleetAnswer[]) {
  const reader = useReader();
  return useQueries({
    queries: WALLBOARD_PARTS.map((part, at) => {
      const known = first[at];
      return {
        ...wallboardQuery(reader, group?.id ?? null, part),
        ...(known && { initialData: known, initialDataUpdatedAt: () => firstSeenAt(known) }),
      };
    }),
  });
}
