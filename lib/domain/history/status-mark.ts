import type { StatusState } from '#lib/domain/devices/device-status.ts';

/** How a state was learnt: an event told it, the desk went and looked, or a person asked. */
export const MARK_SOURCES = ['event', 'sweep', 'look-up'] as const;

export type MarkSource = (typeof MARK_SOURCES)[number];

/**
 * That a device was in a state at a moment. Marks are the facts, in any order and each any number of times; spans
 * follow from them. Times are milliseconds since the epoch. `gone`: DingTalk no longer knew the device then.
 */
export type StatusMark = { at: number; state: StatusState | 'removed'; source: MarkSource };

/**
 * How far a word that a door was open reaches: it is written down three times as often, and DingTalk sends what nobody
 * took again for about forty seconds, so that whatever came in a shorter break came after it.
 */
export const WATCH_REACH_MS = 60_000;

/** A stretch of time in which events came in, so that silence means that nothing changed. */
export type Watch = { from: number; to: number };

/** Something an alarm event said of one rule of a device. Facts as marks are: episodes follow from them. */
export type AlarmMark = {
  at: number;
  rule: string;
  status: 'open' | 'processing' | 'resolved' | 'unknown';
  level: 'normal' | 'serious' | 'unknown';
  description: string | null;
};
