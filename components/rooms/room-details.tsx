'use client';

import type { ReactNode } from 'react';
import { UnknownFields } from '#components/devices/device-facts.tsx';
import { MomentChooser } from '#components/history/as-of/moment-chooser.tsx';
import { useAsOf } from '#components/ui/as-of.tsx';
import type { RoomAnswer } from '#lib/api/rooms/room-answers.ts';
import { RoomDevices } from './room-devices.tsx';
import { RoomFacts } from './room-facts.tsx';
import { RoomHeader } from './room-header.tsx';
import { RoomHistory } from './room-history.tsx';
import { RoomIssues } from './room-issues.tsx';
import { RoomRecord } from './room-record.tsx';
import { RoomRemoved } from './room-removed.tsx';

type Props = {
  room: RoomAnswer['room'];
  appUrl: string;
  /** What colleagues left about it. */
  notes: ReactNode;
  /** Why this is not newer, when it is not. */
  notice: ReactNode;
};

/** A room whole: where it is and how it is, its devices, then what is known of the room itself. */
export function RoomDetails({ room, appUrl, notes, notice }: Props) {
  // Below a room of the past its last days would be taken for the days before.
  const isNow = useAsOf().at === null;
  return (
    <article>
      <RoomHeader room={room} appUrl={appUrl} />
      {notice}
      {isNow && <RoomIssues room={room} />}
      {isNow && notes}
      {room.removedAt !== null && <RoomRemoved removedAt={room.removedAt} />}
      <div className="mt-6 grid gap-x-10 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0">
          <RoomDevices room={room} />
          {isNow && (
            <>
              <RoomHistory room={room} />
              <MomentChooser />
            </>
          )}
        </div>
        <div className="min-w-0">
          <RoomFacts room={room} />
          <RoomRecord room={room} />
        </div>
      </div>
      {room.unknownFields && <UnknownFields fields={room.unknownFields} />}
    </article>
  );
}
