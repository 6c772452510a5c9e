'use client';

import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { EmptyInventory } from '#components/discovery/empty-inventory.tsx';
import { PastPanel } from '#components/history/as-of/as-of-panel.tsx';
import { ListPast } from '#components/history/as-of/list-as-of.tsx';
import { SavedViews } from '#components/inventory/saved-views.tsx';
import { AsOfMoment } from '#components/ui/as-of.tsx';
import { CopyLinkButton } from '#components/ui/copy-link-button.tsx';
import { FilterBox } from '#components/ui/list/filter-box.tsx';
import { FilterTexts } from '#components/ui/list/filter-texts.tsx';
import { UnreadFilters } from '#components/ui/list/unknown-filters.tsx';
import { useView } from '#components/ui/use-view.ts';
import type { RoomGroupsAnswer, RoomsAnswer } from '#lib/api/rooms/room-answers.ts';
import {
  NOW,
  type RoomsQuestion,
  readRoomsQuestion,
  roomsParams,
  WITHOUT,
} from '#lib/domain/inventory/fleet-filter.ts';
import { unreadInRooms } from '#lib/domain/inventory/unknown-filter.ts';
import { everyRoom, isNarrowed, withRooms } from '#lib/queries/rooms/rooms-address.ts';
import { useChosenTexts } from './chosen-filter-texts.ts';
import { GroupPanel } from './groups/group-panel.tsx';
import { useGroupName } from './groups/group-texts.ts';
import { type Tree, useGroups, usePathTo } from './groups/use-groups.ts';
import { ConditionFilters, StateFilters } from './room-counts.tsx';
import { RoomsFound } from './rooms-result.tsx';
import { RoomsSort } from './rooms-sort.tsx';
import { RoomsTitle } from './rooms-title.tsx';
import { type FirstRooms, useRooms } from './use-rooms.ts';
import { WallLink } from './wallboard-link.tsx';

type Props = {
  first: FirstRooms;
  /** The tree as the server knew it; null where it is too large to come with the page. */
  firstGroups: RoomGroupsAnswer | null;
  /** The group in the address and all above it, from the top down. */
  firstPath: { id: string; name: string | null }[];
  appUrl: string;
};

/** The organisation's rooms: asks for the view that the address names, and shows whichever of its states there is. */
export function RoomsView({ first, firstGroups, firstPath, appUrl }: Props) {
  const t = useTranslations('rooms');
  const view = useView();
  const question = useMemo(() => readRoomsQuestion(view.params), [view.params]);
  const query = useRooms(question, first);
  const groups = useGroups(firstGroups, question);
  const branches = usePathTo(groups.tree, question.group);
  const path = view.href(roomsParams(question));
  const names = useNames(question.group, groups.tree, firstPath);
  const words = useChosenTexts(question, names.chosen);
  const cleared = everyRoom(question);
  const { answer } = query;
  const past = query.data?.pages[0]?.past;
  const link = view.href(withRooms(question, { against: past ? Date.parse(past.against) : null }));
  if (answer && question.at === null && !isNarrowed(question) && isEmpty(answer)) {
    return <EmptyInventory part="rooms" lookUp />;
  }
  return (
    <AsOfMoment at={question.at} against={past?.against}>
      {past && <ListPast past={past} now={view.href(withRooms(question, NOW))} kind="room" />}
      <div className="gap-8 xl:grid xl:grid-cols-[17rem_minmax(0,1fr)]">
        <GroupPanel
          question={question}
          groups={groups}
          path={branches}
          chosenName={names.chosen}
          answer={answer}
        />
        <div className="min-w-0">
          <div className="relative flex items-start justify-between gap-4">
            <RoomsTitle question={question} name={names.chosen} above={names.above} answer={answer} />
            <div className="flex shrink-0 items-center gap-2">
              <SavedViews path={path} />
              <PastPanel />
              {question.at === null && <WallLink group={question.group} />}
              <CopyLinkButton link={() => appUrl + link} short />
            </div>
          </div>
          <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
            <div className="min-w-0 flex-[1_1_16rem]">
              <FilterBox
                label={t('find')}
                value={question.q}
                onChange={(q) => view.replace(withRooms(question, { q }))}
              />
            </div>
            <RoomsSort question={question} />
          </div>
          <div className="mt-3 space-y-1">
            {answer && <StateFilters question={question} answer={answer} />}
            <div className="flex min-h-8 flex-wrap items-center gap-x-6 gap-y-1">
              {answer && <ConditionFilters question={question} answer={answer} />}
              <FilterTexts words={words} cleared={cleared} />
            </div>
          </div>
          <UnreadFilters filters={unreadInRooms(view.params)} without={roomsParams(question)} />
          <RoomsFound query={query} question={question} cleared={cleared} />
        </div>
      </div>
    </AsOfMoment>
  );
}

/** What the chosen group and those above it are called, also while the tree is on its way. */
function useNames(chosen: RoomsQuestion['group'], tree: Tree | null, firstPath: Props['firstPath']) {
  const t = useTranslations('rooms');
  const nameOf = useGroupName();
  const path = usePathTo(tree, chosen).map(({ group }) => group);
  if (chosen === null) return { chosen: t('all'), above: [] };
  if (chosen === WITHOUT) return { chosen: t('inNoGroup'), above: [] };
  const known = path.length > 0 ? path : firstPath.at(-1)?.id === chosen ? firstPath : [];
  const last = known.at(-1) ?? { id: chosen, name: null };
  return {
    chosen: nameOf(last),
    above: known.slice(0, -1).map((group) => ({ id: group.id, name: nameOf(group) })),
  };
}

/** Nothing was ever found: gone rooms are something. */
const isEmpty = ({ known, facets }: RoomsAnswer) => known === 0 && facets.condition.length === 0;
