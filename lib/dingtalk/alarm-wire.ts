import type { AlarmRule, AlarmStatus, EventDevice, EventNews } from '#lib/domain/device-event.ts';
import type { Fields } from './fields.ts';

const RULES: Record<string, AlarmRule> = {
  device_offline_lwp: 'offline',
  dev_hdmi_offline: 'display',
  dev_mic_offline: 'microphone',
  dev_voice_offline: 'speaker',
  dev_camera_offline: 'camera',
};
const STATUSES: readonly AlarmStatus[] = ['open', 'processing', 'resolved'];
const LEVELS = ['normal', 'serious'] as const;

/** An alarm; numbers and words that are new to us are `unknown`. (DOC:event-open-meeting-room-device-alarm) */
export function readAlarm(
  fields: Fields,
  { device, at }: { device: EventDevice; at: number },
): EventNews | null {
  const rawRule = fields.text('ruleKey');
  if (rawRule === null) return null;
  return {
    ...{ kind: 'alarm', device, at, rawRule },
    rule: Object.hasOwn(RULES, rawRule) ? (RULES[rawRule] ?? 'unknown') : 'unknown',
    status: STATUSES[fields.number('eventStatus') ?? -1] ?? 'unknown',
    level: LEVELS[fields.number('ruleLevel') ?? -1] ?? 'unknown',
    description: fields.text('eventDescription'),
  };
}
