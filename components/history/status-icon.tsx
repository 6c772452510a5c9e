import {
  Bell,
  Circle,
  CircleQuestionMark,
  CircleSlash,
  type LucideIcon,
  PenLine,
  ScreenShare,
  Unplug,
  Users,
} from 'lucide-react';
import type { ComponentProps } from 'react';
import { useTranslations } from 'use-intl';
import type { FleetState } from '#lib/domain/inventory/fleet.ts';

/** Each state by icon, colour and word, so that any one of the three may be missing. */
export const STATUS_STYLE: Record<FleetState, { Icon: LucideIcon | typeof Hatched; colour: string }> = {
  idle: { Icon: Circle, colour: 'text-idle' },
  casting: { Icon: ScreenShare, colour: 'text-casting' },
  ringing: { Icon: Bell, colour: 'text-ringing' },
  'in-meeting': { Icon: Users, colour: 'text-in-meeting' },
  whiteboard: { Icon: PenLine, colour: 'text-whiteboard' },
  offline: { Icon: Unplug, colour: 'text-offline' },
  unknown: { Icon: CircleQuestionMark, colour: 'text-unknown' },
  'not-observed': { Icon: Hatched, colour: 'text-unknown' },
  removed: { Icon: CircleSlash, colour: 'text-unknown' },
};

/** The icon alone, for where the word stands beside it. */
export function StateIcon({ state, className = 'size-4' }: { state: FleetState; className?: string }) {
  const { Icon, colour } = STATUS_STYLE[state];
  return <Icon aria-hidden className={`shrink-0 ${colour} ${className}`} />;
}

/** A state in the reader's language; a state that DingTalk alone has a word for says that word. */
export function useStatusText(): (state: FleetState, raw?: string | null) => string {
  const t = useTranslations('status');
  return (state, raw = null) => (state === 'unknown' && raw !== null ? t('unknownRaw', { raw }) : t(state));
}

/** The word alone, in its colour, for where the icon stands before something else. */
export function StatusText({
  status: { state, raw },
}: {
  status: { state: FleetState; raw: string | null };
}) {
  const word = useStatusText();
  const removed = state === 'removed' ? 'line-through' : '';
  return (
    <span className={`device-text font-medium ${STATUS_STYLE[state].colour} ${removed}`}>
      {word(state, raw)}
    </span>
  );
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
