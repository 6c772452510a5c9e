import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import {
  STATUS_STYLE,
  type StatusToShow,
  StatusWords,
  statusColour,
  statusLines,
} from '#components/history/status-icon.tsx';
import type { ListedStatus } from '#lib/domain/inventory/fleet.ts';

type Props = {
  status: StatusToShow;
  size?: keyof typeof SIZE;
  /** How old it is, said of a status that holds no longer. */
  age?: ReactNode;
};

const SIZE = {
  line: { box: 'gap-1.5', icon: 'size-4' },
  title: {
    box: 'status-tint gap-2 rounded bg-current/8 px-2.5 py-1 text-large font-semibold',
    icon: 'size-5',
  },
};

// What is not known for certain has no closed edge.
const EDGE: Partial<Record<ListedStatus, string>> = {
  unknown: 'border border-dashed',
  'not-observed': 'hatched border border-dashed',
  'last-known': 'border border-dashed',
};

/** A device's state: icon, colour and word. One that holds no longer is called last known, and has no colour. */
export function StatusBadge({ status, size = 'line', age }: Props) {
  const t = useTranslations('status');
  const { state, current = true } = status;
  const { Icon } = STATUS_STYLE[state];
  const { box, icon } = SIZE[size];
  const edge = size === 'title' ? (EDGE[current ? state : 'last-known'] ?? '') : '';
  return (
    <span className={`inline-flex items-center font-medium ${statusColour(status)} ${box} ${edge}`}>
      <Icon aria-hidden className={`${icon} shrink-0 ${statusLines(current)}`} />
      <span className="sr-only">{t('label')}: </span>
      <span className={`device-text ${state === 'removed' ? 'line-through' : ''}`}>
        <StatusWords status={status} age={age} />
      </span>
    </span>
  );
}
