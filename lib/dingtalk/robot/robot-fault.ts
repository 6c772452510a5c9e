import type { DeliveryFault } from '#lib/domain/alerts/delivery-fault.ts';

/** Codes of DOC:custom-robots-send-group-messages; 300001, 300005 and 130101 are [L], seen in the field. */
const BY_CODE: Readonly<Record<number, DeliveryFault>> = {
  [-1]: 'robot-busy',
  410100: 'robot-limited',
  130101: 'robot-limited',
  400013: 'group-gone',
  400101: 'robot-token',
  300001: 'robot-token',
  300005: 'robot-token',
  400102: 'robot-stopped',
  400105: 'message-form',
  40035: 'message-form',
  43004: 'message-form',
  400106: 'robot-gone',
  460101: 'message-too-long',
};

/** 310000 is one code for every security setting; only the message says which (DOC:customize-robot-security-settings). */
const SECURITY: readonly (readonly [RegExp, DeliveryFault])[] = [
  [/keyword/i, 'robot-keywords'],
  [/timestamp/i, 'robot-timestamp'],
  [/sign/i, 'robot-signature'],
  [/\bip\b|whitelist/i, 'robot-address'],
];

/**
 * What the refusal of a group robot means.
 * @param code DingTalk's `errcode`, other than 0
 * @param said DingTalk's `errmsg`
 */
export function robotFaultOf(code: number, said: string): DeliveryFault {
  if (code === 310_000) return SECURITY.find(([words]) => words.test(said))?.[1] ?? 'robot-security';
  const known = BY_CODE[code];
  if (known) return known;
  if (Math.floor(code / 100) === 4_001) return 'robot-refused';
  if (Math.floor(code / 100) === 4_301) return 'message-content';
  return 'robot-unrecognised';
}
