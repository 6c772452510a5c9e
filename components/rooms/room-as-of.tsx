'use client';

import { useTranslations } from 'use-intl';
import { PastNotice } from '#components/history/as-of/as-of-notice.tsx';
import { FieldDifferences } from '#components/history/as-of/field-differences.tsx';
import { ListDifferences } from '#components/history/as-of/list-as-of.tsx';
import { useListFieldText } from '#components/history/as-of/use-list-field-text.ts';
import type { RoomAnswer } from '#lib/api/rooms/room-answers.ts';
import { roomPath } from '#lib/domain/rooms/room.ts';

type Props = { past: NonNullable<RoomAnswer['past']>; roomId: string };

/** That a room is shown as it was, and what of it and of the devices in it was other at a second moment. */
export function RoomPast({ past, roomId }: Props) {
  const t = useTranslations('snapshots');
  const word = useListFieldText();
  const { differs, counts } = past;
  const devicesDiffer = counts.changed + counts.appeared + counts.disappeared > 0;
  return (
    <PastNotice past={past} why={t('why')} now={roomPath(roomId)}>
      {differs.length > 0 && <FieldDifferences differs={differs} word={word} />}
      {(devicesDiffer || differs.length === 0) && <ListDifferences past={past} kind="device" />}
    </PastNotice>
  );
}
