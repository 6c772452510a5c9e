'use client';

import { CircleCheck } from 'lucide-react';
import { useRef } from 'react';
import { useTranslations } from 'use-intl';
import type { FleetRow } from '#lib/api/inventory/fleet-answers.ts';
import { wallboardPlaces, wallCut } from '#lib/domain/inventory/wallboard-places.ts';
import { useRoomFor } from './use-free-space.ts';
import { WallboardTile } from './wallboard-tile.tsx';

type Props = {
  /** The worst first, and of those alike what came last. */
  devices: FleetRow[];
  /** How many there are, those that were not read included. */
  total: number;
};

/** The rooms that want somebody, as many as can be shown without scrolling; the rest is a number. */
export function WallboardIssues({ devices, total }: Props) {
  const t = useTranslations('wallboard');
  const list = useRef<HTMLUListElement>(null);
  const places = wallboardPlaces(devices);
  const { shown, more } = wallCut(places, useRoomFor(list, places.length), total);
  if (total === 0) {
    return (
      <section className="flex grow items-center justify-center gap-4 py-8 font-semibold text-[length:calc(1.2rem+2vw)] leading-tight">
        <CircleCheck aria-hidden className="size-[1.3em] shrink-0 text-idle" />
        <h2>{t('allWell')}</h2>
      </section>
    );
  }
  return (
    <section className="flex min-h-0 grow flex-col">
      <h2 className="mb-1 flex flex-wrap justify-between gap-x-6 font-semibold text-[length:calc(0.95rem+0.85vw)] leading-snug">
        <span>{t('trouble', { n: total })}</span>
        <span className="font-normal text-quiet">{more > 0 && t('more', { n: more })}</span>
      </h2>
      <ul
        ref={list}
        className="grid min-h-0 grow auto-rows-[calc(3.1rem+3.4vw)] grid-cols-[repeat(auto-fill,minmax(min(100%,calc(8rem+20vw)),1fr))] content-start gap-[calc(0.4rem+0.3vw)] wall:overflow-hidden"
      >
        {shown.map(({ key, devices }) => (
          <WallboardTile key={key} devices={devices} />
        ))}
      </ul>
    </section>
  );
}
