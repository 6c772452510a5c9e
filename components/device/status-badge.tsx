import {
  Bell,
  Circle,
  CircleQuestionMark,
  type LucideIcon,
  PenLine,
  ScreenShare,
  Unplug,
  Users,
} from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { DeviceStatus, StatusState } from '#lib/domain/device-status.ts';

/** Each state by icon, colour and word, so that any one of the three may be missing. */
const LOOK: Record<StatusState, { Icon: LucideIcon; colour: string }> = {
  idle: { Icon: Circle, colour: 'text-idle' },
  casting: { Icon: ScreenShare, colour: 'text-casting' },
  ringing: { Icon: Bell, colour: 'text-ringing' },
  'in-meeting': { Icon: Users, colour: 'text-in-meeting' },
  whiteboard: { Icon: PenLine, colour: 'text-whiteboard' },
  offline: { Icon: Unplug, colour: 'text-offline' },
  unknown: { Icon: CircleQuestionMark, colour: 'text-unknown' },
};

type Props = { status: DeviceStatus; size?: keyof typeof SIZE };

const SIZE = {
  line: { box: 'gap-1.5', icon: 'size-4' },
  title: {
    box: 'status-tint gap-2 rounded bg-current/8 px-2.5 py-1 text-large font-semibold',
    icon: 'size-5',
  },
};

export function StatusBadge({ status, size = 'line' }: Props) {
  const say = useTranslations('status');
  const { Icon, colour } = LOOK[status.state];
  const { box, icon } = SIZE[size];
  const dashed = status.state === 'unknown' && size === 'title' ? 'border border-dashed' : '';
  const word =
    status.state === 'unknown' && status.raw !== null
      ? say('unknownRaw', { raw: status.raw })
      : say(status.state);
  return (
    <span className={`inline-flex items-center font-medium ${colour} ${box} ${dashed}`}>
      <Icon aria-hidden className={`${icon} shrink-0`} />
      <span className="sr-only">{say('label')}: </span>
      <span className="device-text">{word}</span>
    </span>
  );
}
