'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useReader } from '#components/layout/reader-provider.tsx';
import { AsOfMoment } from '#components/ui/as-of.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import type { RoomAnswer } from '#lib/api/rooms/room-answers.ts';
import type { PastQuestion } from '#lib/domain/inventory/fleet-filter.ts';
import { shownProblem } from '#lib/queries/fetch-json.ts';
import { firstSeenAt } from '#lib/queries/inventory/first-seen.ts';
import { roomQuery } from '#lib/queries/rooms/rooms.ts';
import { RoomPast } from './room-as-of.tsx';
import { RoomDetails } from './room-details.tsx';
import { RoomMissing } from './room-missing.tsx';

type Props = {
  roomId: string;
  /** What the server knew when it drew the page; null when it knows no such room. */
  known: RoomAnswer | null;
  /** The moment that the page is of. */
  past: PastQuestion;
  appUrl: string;
  /** What colleagues left about it; nothing for who may not see that. */
  notes?: ReactNode;
};

/** One room: asks for it, and shows whichever of answer and trouble there is. */
export function RoomView({ roomId, known, past, appUrl, notes }: Props) {
  const list = useTranslations('list');
  const { data, error, isFetching, refetch } = useQuery({
    ...roomQuery(useReader(), roomId, past),
    ...(known && { initialData: known, initialDataUpdatedAt: () => firstSeenAt(known) }),
  });
  const onRetry = () => void refetch();
  if (!data) {
    const problem = error ? shownProblem(error) : { reason: 'room-not-found.room' as const };
    return <RoomMissing roomId={roomId} problem={problem} busy={isFetching} onRetry={onRetry} />;
  }
  return (
    <AsOfMoment at={past.at} against={data.past?.against}>
      {data.past && <RoomPast past={data.past} roomId={roomId} />}
      <RoomDetails
        room={data.room}
        appUrl={appUrl}
        notes={notes}
        notice={
          <QueryError
            className="mt-4"
            error={error}
            stillShown={list('stillShown')}
            busy={isFetching}
            onRetry={onRetry}
          />
        }
      />
    </AsOfMoment>
  );
}
