import type { Fields } from '#lib/dingtalk/transport/fields.ts';
import type { AlarmRule, AlarmStatus, EventNews } from '#lib/domain/events/device-event.ts';

type Alarm = Omit<Extract<EventNews, { kind: 'alarm' }>, 'kind' | 'device' | 'at'>;

const RULE_BY_KEY: ReadonlyMap<string, AlarmRule> = new Map<string, AlarmRule>([
  ['device_offline_lwp', 'offline'],
  ['dev_hdmi_offline', 'display'],
  ['dev_mic_offline', 'microphone'],
  ['dev_voice_offline', 'speaker'],
  ['dev_camera_offline', 'camera'],
]);

const LEVEL_BY_NUMBER: ReadonlyMap<number | null, Alarm['level']> = new Map<number, Alarm['level']>([
  [0, 'normal'],
  [1, 'serious'],
]);

const STATUS_BY_NUMBER: ReadonlyMap<number | null, AlarmStatus> = new Map<number, AlarmStatus>([
  [0, 'open'],
  [1, 'processing'],
  [2, 'resolved'],
]);

/** What an alarm says, or null when it has no rule. (DingTalk docs: event-open-meeting-room-device-alarm) */
export function readAlarm(fields: Fields): Alarm | null {
  const rawRule = fields.text('ruleKey');
  if (rawRule === null) return null;
  return {
    rule: RULE_BY_KEY.get(rawRule) ?? 'unknown',
    rawRule,
    level: LEVEL_BY_NUMBER.get(fields.number('ruleLevel')) ?? 'unknown',
    status: STATUS_BY_NUMBER.get(fields.number('eventStatus')) ?? 'unknown',
    description: fields.text('eventDescription'),
  };
}
