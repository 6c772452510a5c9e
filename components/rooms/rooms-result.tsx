'use client';

import { useTranslations } from 'use-intl';
import { buttonClass } from '#components/ui/button.tsx';
import { EmptyList, ListError, NothingMatches, WaitingRows } from '#components/ui/list/list-states.tsx';
import { MoreRows } from '#components/ui/list/more-rows.tsx';
import { UntilNew } from '#components/ui/until-new.tsx';
import { ViewLink } from '#components/ui/view-link.tsx';
import { EVERY_ROOM, type RoomsQuestion } from '#lib/domain/inventory/fleet-filter.ts';
import { isNarrowed } from '#lib/queries/rooms/rooms-address.ts';
import { RoomList } from './room-list.tsx';
import type { useRooms } from './use-rooms.ts';

type Props = {
  query: ReturnType<typeof useRooms>;
  question: RoomsQuestion;
  /** The view without filters. */
  cleared: URLSearchParams;
};

/** The rooms that were found, or why there are none. */
export function RoomsFound({ query, question, cleared }: Props) {
  const { answer, rows, isPlaceholderData } = query;
  return (
    <div id="list" tabIndex={-1} aria-busy={isPlaceholderData} className="mt-3 min-w-0 outline-none">
      <ListError query={query} className="mb-4" />
      {query.isPending && <WaitingRows rowClass="h-14" />}
      {answer && answer.total === 0 && (question.at === null || isNarrowed(question)) && (
        <NoRooms question={question} cleared={cleared} />
      )}
      {answer && rows.length > 0 && (
        <UntilNew isOld={isPlaceholderData}>
          <RoomList rows={rows} />
          <MoreRows query={query} shown={rows.length} total={answer.total} />
        </UntilNew>
      )}
    </div>
  );
}

/** No room in the chosen group is no fault of a filter. */
function NoRooms({ question, cleared }: Omit<Props, 'query'>) {
  const t = useTranslations('rooms');
  const onlyGroup = question.group !== null && !isNarrowed({ ...question, group: EVERY_ROOM.group });
  if (!onlyGroup) return <NothingMatches why={t('nothingMatchesWhy')} cleared={cleared} />;
  return (
    <EmptyList title={t('emptyGroup')} why={t('emptyGroupWhy')}>
      <ViewLink to={cleared} className={buttonClass('primary')}>
        {t('showAll')}
      </ViewLink>
    </EmptyList>
  );
}
