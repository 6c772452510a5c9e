'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { NOW, type PastQuestion, pastParams } from '#lib/domain/inventory/fleet-filter.ts';

const AsOfContext = createContext<PastQuestion>(NOW);

type Props = {
  /** Milliseconds since the epoch; null for now. */
  at: number | null;
  /** What the answer was compared with, ISO 8601 UTC: a link that leads on stays a link to it. */
  against: string | undefined;
  children: ReactNode;
};

/** Says to everything within which moment is shown: ages stand still, and links lead into the same moment. */
export function AsOfMoment({ at, against, children }: Props) {
  const value = useMemo(
    () => ({ at, against: against === undefined ? null : Date.parse(against) }),
    [at, against],
  );
  return <AsOfContext value={value}>{children}</AsOfContext>;
}

/** The moment that is shown, and the one it is compared with. */
export const useAsOf = (): PastQuestion => useContext(AsOfContext);

/** The same page of a device or a room at the moment that is shown. */
export function usePathThen(): <P extends string>(path: P) => P {
  const asOf = useAsOf();
  return (path) => (asOf.at === null ? path : (`${path}?${pastParams(asOf)}` as typeof path));
}
