'use client';

import { useFormatter, useTranslations } from 'use-intl';
import { usePathThen } from '#components/ui/as-of.tsx';
import { CutText } from '#components/ui/cut-text.tsx';
import { RowLink } from '#components/ui/list/row-link.tsx';
import { useMomentText } from '#components/ui/moment.tsx';
import type { ListDifference, PastLists } from '#lib/api/history/history-answers.ts';
import { isConcealed } from '#lib/domain/devices/conceal.ts';
import { devicePath } from '#lib/domain/devices/device-ref.ts';
import { roomPath } from '#lib/domain/rooms/room.ts';
import { PastNotice } from './as-of-notice.tsx';
import { FieldDifferences } from './field-differences.tsx';
import { useListFieldText } from './use-list-field-text.ts';

type Props = { past: PastLists; now: string; kind: 'device' | 'room' };

/** That a list is of the past, and which devices or rooms of it were other at a second moment. */
export function ListPast({ past, now, kind }: Props) {
  const t = useTranslations('snapshots');
  return (
    <PastNotice past={past} why={t('inLists')} now={now}>
      <ListDifferences past={past} kind={kind} />
    </PastNotice>
  );
}

/** How many were other and which. */
export function ListDifferences({ past, kind }: Omit<Props, 'now'>) {
  const t = useTranslations('snapshots');
  const format = useFormatter();
  const moment = useMomentText();
  const { at, knownSince, counts, items } = past;
  if (knownSince !== null && at < knownSince) {
    return <p className="mt-1">{t('notKnown', { moment: moment(knownSince) })}</p>;
  }
  const kinds = (['changed', 'appeared', 'disappeared'] as const).filter((what) => counts[what] > 0);
  const all = kinds.reduce((sum, what) => sum + counts[what], 0);
  if (all === 0) return <p className="mt-1">{t('same')}</p>;
  const sum = format.list(
    kinds.map((what) => t(what, { n: counts[what] })),
    { type: 'unit' },
  );
  return (
    <details className="mt-1">
      <summary className="py-1 text-accent">{sum}</summary>
      {all > items.length && <p className="text-quiet text-small">{t('first', { n: items.length })}</p>}
      <ul aria-label={t('list')} className="divide-y divide-line">
        {items.map((item, place) => (
          // Somebody who may not see whose they are cannot tell two devices apart.
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced whole with each answer
          <li key={place} className="py-2">
            <Difference item={item} kind={kind} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Difference({ item, kind }: { item: ListDifference; kind: Props['kind'] }) {
  const t = useTranslations('snapshots');
  const word = useListFieldText();
  return (
    <>
      <span className="flex min-w-0 items-baseline gap-2">
        <Named item={item} kind={kind} />
        {item.what !== 'changed' && (
          <span className="shrink-0 text-quiet">{t(item.what === 'appeared' ? 'isNew' : 'isGone')}</span>
        )}
      </span>
      {item.fields.length > 0 && <FieldDifferences differs={item.fields} word={word} />}
    </>
  );
}

function Named({ item, kind }: { item: ListDifference; kind: Props['kind'] }) {
  const device = useTranslations('device');
  const pathThen = usePathThen();
  const path = pathOf(item, kind);
  const id = kind === 'room' ? item.roomId : item.deviceId;
  const text = <CutText text={item.name ?? id ?? device('unnamed')} />;
  if (path === null) return <span className="flex min-w-0 font-medium">{text}</span>;
  // What was not listed then has no page of then.
  const href = item.what === 'appeared' ? path : pathThen(path);
  return (
    <RowLink href={href} className="flex min-w-0 font-medium text-accent no-underline hover:underline">
      {text}
    </RowLink>
  );
}

function pathOf({ deviceId, unionId, roomId }: ListDifference, kind: Props['kind']) {
  if (kind === 'room') return roomId === null ? null : roomPath(roomId);
  if (deviceId !== null) return devicePath({ by: 'deviceId', id: deviceId });
  return unionId === null || isConcealed(unionId) ? null : devicePath({ by: 'unionId', id: unionId });
}
