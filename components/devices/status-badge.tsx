import { useTranslations } from 'use-intl';
import { STATUS_STYLE, useStatusText } from '#components/history/status-icon.tsx';
import type { FleetState } from '#lib/domain/inventory/fleet.ts';

type Props = {
  status: { state: FleetState; raw: string | null };
  size?: keyof typeof SIZE;
};

const SIZE = {
  line: { box: 'gap-1.5', icon: 'size-4' },
  title: {
    box: 'status-tint gap-2 rounded bg-current/8 px-2.5 py-1 text-large font-semibold',
    icon: 'size-5',
  },
};

// What is not known for certain has no closed edge.
const EDGE: Partial<Record<FleetState, string>> = {
  unknown: 'border border-dashed',
  'not-observed': 'hatched border border-dashed',
};

/** A device's state: icon, colour and word. */
export function StatusBadge({ status: { state, raw }, size = 'line' }: Props) {
  const t = useTranslations('status');
  const word = useStatusText();
  const { Icon, colour } = STATUS_STYLE[state];
  const { box, icon } = SIZE[size];
  const edge = size === 'title' ? (EDGE[state] ?? '') : '';
  return (
    <span className={`inline-flex items-center font-medium ${colour} ${box} ${edge}`}>
      <Icon aria-hidden className={`${icon} shrink-0`} />
      <span className="sr-only">{t('label')}: </span>
      <span className={`device-text ${state === 'removed' ? 'line-through' : ''}`}>{word(state, raw)}</span>
    </span>
  );
}
