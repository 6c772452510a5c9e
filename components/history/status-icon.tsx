import {
  Bell,
  Circle,
  CircleDashed,
  CircleQuestionMark,
  CircleSlash,
  type LucideIcon,
  PenLine,
  ScreenShare,
  Unplug,
  Users,
} from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { ListedStatus } from '#lib/domain/inventory/fleet.ts';

/** A status that may hold no longer; without `current` it does, or is a count of several. */
export type StatusToShow = { state: ListedStatus; raw: string | null; current?: boolean };

/** Each state by icon, colour and word, so that any one of the three may be missing. */
export const STATUS_STYLE: Record<ListedStatus, { Icon: LucideIcon | typeof Hatched; colour: string }> = {
  idle: { Icon: Circle, colour: 'text-idle' },
  casting: { Icon: ScreenShare, colour: 'text-casting' },
  ringing: { Icon: Bell, colour: 'text-ringing' },
  'in-meeting': { Icon: Users, colour: 'text-in-meeting' },
  whiteboard: { Icon: PenLine, colour: 'text-whiteboard' },
  offline: { Icon: Unplug, colour: 'text-offline' },
  unknown: { Icon: CircleQuestionMark, colour: 'text-unknown' },
  'not-observed': { Icon: Hatched, colour: 'text-unknown' },
  'last-known': { Icon: CircleDashed, colour: 'text-quiet' },
  removed: { Icon: CircleSlash, colour: 'text-unknown' },
};

/** The colour of a status; one that holds no longer has none. */
export const statusColour = ({ state, current = true }: Pick<StatusToShow, 'state' | 'current'>): string =>
  current ? STATUS_STYLE[state].colour : STATUS_STYLE['last-known'].colour;

/** An icon of a status that holds no longer is drawn in dashes. */
export const statusLines = (current = true): string => (current ? '' : '[stroke-dasharray:3_2.5]');

type IconProps = { state: ListedStatus; current?: boolean; className?: string };

/** The icon alone, for where the word stands beside it. */
export function StateIcon({ state, current = true, className = 'size-4' }: IconProps) {
  const { Icon } = STATUS_STYLE[state];
  const look = `${statusColour({ state, current })} ${statusLines(current)}`;
  return <Icon aria-hidden className={`shrink-0 ${look} ${className}`} />;
}

/** A state in the reader's language; a state that DingTalk alone has a word for says that word. */
export function useStatusText(): (state: ListedStatus, raw?: string | null, current?: boolean) => string {
  const t = useTranslations('status');
  return (state, raw = null, current = true) => {
    const status = state === 'unknown' && raw !== null ? t('unknownRaw', { raw }) : t(state);
    return current ? status : t('lastKnown', { status });
  };
}

type TextProps = {
  status: StatusToShow;
  /** How old it is, said of a status that holds no longer. */
  age?: ReactNode;
};

/** The word alone, in its colour, for where the icon stands before something else. */
export function StatusText({ status, age }: TextProps) {
  const { state } = status;
  const removed = state === 'removed' ? 'line-through' : '';
  return (
    <span className={`device-text font-medium ${statusColour(status)} ${removed}`}>
      <StatusWords status={status} age={age} />
    </span>
  );
}

/** What a status is called: "Last known: Offline, 14 h ago" of one that holds no longer. */
export function StatusWords({ status: { state, raw, current = true }, age }: TextProps) {
  const t = useTranslations('status');
  const word = useStatusText();
  if (current || age === undefined) return word(state, raw, current);
  return t.rich('lastKnownAge', { status: word(state, raw), age: () => age });
}

/** A circle of slanted lines: nobody has looked. */
function Hatched(props: ComponentProps<'svg'>) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      aria-hidden
      {...props}
    >
      <circle cx="12" cy="12" r="10" strokeDasharray="3 3.3" />
      <path d="M5.5 12.5 12.5 5.5 M7 17 17 7 M11.5 18.5 18.5 11.5" />
    </svg>
  );
}
