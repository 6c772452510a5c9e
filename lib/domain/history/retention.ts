import { MOST_DAYS } from './history-window.ts';

const DAY_MS = 24 * 60 * 60_000;

/**
 * How long each thing is kept, in milliseconds. What says how something is now, such as the newest reading of a device or
 * an alarm that is still open, is kept however old it is.
 */
export const RETENTION_MS = {
  /** Every reading as it came: a link into the past shows what it showed, to the minute, for a quarter and a few days. */
  everyReading: 93 * DAY_MS,
  /** Of older ones the first and last of a day and each that said something else: nothing that changed is lost. */
  readings: MOST_DAYS * DAY_MS,
  /** States, changes, alarms, events and what was wrong: a month can be held against the same month a year before, and no window is longer. */
  history: MOST_DAYS * DAY_MS,
  /** Single calls: this month's and the last one's, to compare with DingTalk's bill. Their sums by day are kept for good. */
  calls: 62 * DAY_MS,
  /** What people in a room said: shown for a day, and then for whoever asks what was tried before. */
  checks: 62 * DAY_MS,
  /** Sessions after they ended and tokens after they expired: long enough to ask who that was last month. */
  endedAccess: 62 * DAY_MS,
  /** How often secrets were used: a service issue names who exceeded a limit for a day. */
  secretUses: 2 * DAY_MS,
  /** Notes that were taken away: long enough to be brought back. Notes are kept for good. */
  removedNotes: DAY_MS,
  /** What was sent to whom, and what was quiet: long enough to ask why nobody was told last month. */
  deliveries: 62 * DAY_MS,
} as const;

/** How often what is too old is looked for. */
export const RETENTION_EVERY_MS = DAY_MS;

/** Where tidying has come to: a table, in it a device, of it a moment. */
export type RetentionPlace = { part: RetentionPart; after: string; from: number | null };

export const RETENTION_PARTS = [
  'readings',
  'status_marks',
  'device_alarms',
  'changes',
  'issues',
  'events',
  'api_calls',
  'event_coverage',
  'list_versions',
  'sessions',
  'api_tokens',
  'secret_uses',
  'checklist_answers',
  'notes',
  'deliveries',
] as const;

export type RetentionPart = (typeof RETENTION_PARTS)[number];
