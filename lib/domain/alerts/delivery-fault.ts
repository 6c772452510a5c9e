/**
 * Why a notification was not delivered, as far as the reason is known. `lasting` faults end with a change of the
 * configuration or the content, so the same message is not tried again; `passing` ones may end by themselves.
 */
export const DELIVERY_FAULTS = {
  'robot-keywords': 'lasting',
  'robot-signature': 'lasting',
  'robot-timestamp': 'lasting',
  'robot-address': 'lasting',
  'robot-security': 'lasting',
  'robot-token': 'lasting',
  'robot-stopped': 'lasting',
  'robot-gone': 'lasting',
  'group-gone': 'lasting',
  'robot-refused': 'lasting',
  'message-form': 'lasting',
  'message-content': 'lasting',
  'message-too-long': 'lasting',
  'robot-busy': 'passing',
  'robot-limited': 'passing',
  'robot-unrecognised': 'passing',
  'no-connection': 'passing',
  'no-answer': 'passing',
  'server-error': 'passing',
  'pushes-spent': 'passing',
} as const satisfies Record<string, 'lasting' | 'passing'>;

export type DeliveryFault = keyof typeof DELIVERY_FAULTS;

/** Whether the same message would fail again until somebody changes something. */
export const isLasting = (fault: DeliveryFault): boolean => DELIVERY_FAULTS[fault] === 'lasting';

/** Whether a text names a fault; a row may be newer than this code. */
export const isDeliveryFault = (text: string): text is DeliveryFault => Object.hasOwn(DELIVERY_FAULTS, text);
