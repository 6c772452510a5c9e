import { ALARM_RULES, type AlarmRule } from '#lib/domain/events/device-event.ts';
import { ALARM_FIELD, type IssueCode } from '#lib/domain/issues/issue.ts';

/**
 * Everything that somebody in the room can be asked about a device: the closed catalogue. Each is asked so that "yes" is
 * well. Codes are for good: they are kept with answers. The words are under `checklist.steps.<step>`.
 */
export const CHECK_STEPS = [
  'right-room',
  'unit-light',
  'power-plug',
  'network-cable',
  'socket-works',
  'screen-picture',
  'screen-cable',
  'controller-here',
  'controller-power',
  'controller-awake',
  'controller-room',
  'microphone-plugged',
  'microphone-open',
  'camera-plugged',
  'camera-open',
  'speaker-plugged',
  'speaker-loud',
  'restarted',
] as const;

export type CheckStep = (typeof CHECK_STEPS)[number];

export const CHECK_ANSWERS = ['yes', 'no', 'unclear'] as const;

export type CheckAnswer = (typeof CHECK_ANSWERS)[number];

/** Whether this side knows a step: a page may be older than the server that it asks. */
export const isCheckStep = (text: string): text is CheckStep =>
  (CHECK_STEPS as readonly string[]).includes(text);

/** What somebody in the room said of a device. `at` is milliseconds since the epoch. */
export type Check = {
  step: CheckStep;
  answer: CheckAnswer;
  at: number;
  subject: string;
  /** As the person was called then. */
  name: string;
};

/** A day: by then somebody else has been in the room. In milliseconds. */
export const CHECK_SHOWN_FOR_MS = 24 * 60 * 60_000;

const POWER: CheckStep[] = ['unit-light', 'power-plug', 'network-cable', 'socket-works', 'restarted'];
const CABLE: CheckStep[] = ['network-cable', 'socket-works', 'restarted'];
const CONTROLLER: CheckStep[] = [
  'controller-here',
  'controller-power',
  'controller-awake',
  'controller-room',
];
const MICROPHONE: CheckStep[] = ['microphone-plugged', 'microphone-open', 'restarted'];
const CAMERA: CheckStep[] = ['camera-plugged', 'camera-open', 'restarted'];
const SPEAKER: CheckStep[] = ['speaker-plugged', 'speaker-loud', 'restarted'];
const SCREEN: CheckStep[] = ['unit-light', 'screen-picture', 'screen-cable'];
/** Where nothing that was found can be seen from the room. */
const ANYTHING: CheckStep[] = [
  ...['unit-light', 'screen-picture', 'network-cable', 'controller-awake'],
  'microphone-open',
] as CheckStep[];

const STEPS: Partial<Record<IssueCode, CheckStep[]>> = {
  // The trouble is around it: the device is left as it is.
  'offline-with-neighbours': ['socket-works', 'unit-light', 'power-plug'],
  'offline-while-controller-works': POWER,
  offline: POWER,
  'controller-in-other-room': ['right-room', 'controller-here', 'controller-room'],
  'shared-cast-code': ['right-room', 'screen-picture'],
  'shared-ip': CABLE,
  'microphone-lost': MICROPHONE,
  'camera-lost': CAMERA,
  'speaker-lost': SPEAKER,
  'display-lost': ['screen-picture', 'screen-cable'],
  'part-missing': ['microphone-plugged', 'camera-plugged', 'speaker-plugged'],
  flapping: ['network-cable', 'socket-works'],
  'controller-lost': CONTROLLER,
  'controller-offline': CONTROLLER,
  'controller-of-other-organisation': ['controller-here', 'controller-room'],
  'no-room': ['unit-light', 'screen-picture', 'controller-awake'],
  'wired-without-ip': CABLE,
  'link-local-ip': CABLE,
  'loopback-ip': CABLE,
  'wifi-among-wired': ['network-cable', 'socket-works'],
  'two-devices-in-room': ['right-room', 'controller-room'],
  'unusually-quiet': ['unit-light', 'screen-picture', 'controller-awake', 'restarted'],
  'unknown-status': SCREEN,
  stale: SCREEN,
};

const ALARM_STEPS: Record<AlarmRule, CheckStep[]> = {
  offline: POWER,
  display: ['screen-picture', 'screen-cable', 'restarted'],
  microphone: MICROPHONE,
  speaker: SPEAKER,
  camera: CAMERA,
  unknown: [],
};

type Found = { code: IssueCode; evidence: readonly { field: string }[] };

/** What to ask somebody in the room, by what is wrong: the worst issue's questions first, each once. */
export function stepsFor(issues: readonly Found[]): CheckStep[] {
  const steps = new Set(issues.flatMap(stepsOf));
  // A restart is the end of looking, not its beginning.
  const last = steps.delete('restarted') ? (['restarted'] as const) : [];
  return steps.size === 0 ? ANYTHING : [...steps, ...last];
}

function stepsOf({ code, evidence }: Found): CheckStep[] {
  if (code !== 'alarm-open') return STEPS[code] ?? [];
  return evidence.flatMap(({ field }) => {
    const rule = ALARM_RULES.find((each) => field === ALARM_FIELD + each);
    return rule ? ALARM_STEPS[rule] : [];
  });
}
