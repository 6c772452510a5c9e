import type { Tables } from '#lib/store/schema.ts';

/**
 * What a backup does not hold: who does what at this moment, how far tidying is, and the feed, which instances follow. Nor
 * sessions: one that was ended since would be open again.
 */
type OfTheMoment =
  | 'leases'
  | 'call_slots'
  | 'retention_runs'
  | 'sessions'
  | 'person_checks'
  | 'secret_uses'
  | 'sign_in_states'
  | 'alert_evaluation'
  | 'audit_exports'
  | 'job_pause'
  | 'absent_devices'
  | 'feed'
  | 'feed_head';

// Named one by one, so that a table that is added cannot be forgotten.
const KEPT: Record<Exclude<keyof Tables, OfTheMoment>, true> = {
  readings: true,
  refusals: true,
  devices: true,
  controllers: true,
  identifiers: true,
  issues: true,
  device_counts: true,
  first_versions: true,
  changes: true,
  rooms: true,
  room_groups: true,
  discovery_runs: true,
  discovery_tasks: true,
  events: true,
  event_overrides: true,
  status_marks: true,
  device_alarms: true,
  event_coverage: true,
  pushes: true,
  push_checks: true,
  api_calls: true,
  call_months: true,
  call_totals: true,
  pins: true,
  saved_views: true,
  recents: true,
  list_versions: true,
  checklist_answers: true,
  // The head first, as every writer locks it first.
  audit_head: true,
  audit_entries: true,
  api_tokens: true,
  notes: true,
  alert_rules: true,
  notification_channels: true,
  silences: true,
  alerts: true,
  incidents: true,
  deliveries: true,
};

const MOMENTARY: Record<OfTheMoment, true> = {
  leases: true,
  call_slots: true,
  retention_runs: true,
  sessions: true,
  person_checks: true,
  secret_uses: true,
  sign_in_states: true,
  alert_evaluation: true,
  audit_exports: true,
  job_pause: true,
  absent_devices: true,
  feed: true,
  // Last, as every writer locks it last.
  feed_head: true,
};

/** The tables of a backup. */
export const KEPT_TABLES = Object.keys(KEPT) as (keyof typeof KEPT)[];

/** Every table there is, in the order in which they are locked. */
export const ALL_TABLES: (keyof Tables)[] = [...KEPT_TABLES, ...(Object.keys(MOMENTARY) as OfTheMoment[])];

/** Whether a table holds what is of the moment, which no backup has and none may bring. */
export const isMomentary = (table: string): boolean => Object.hasOwn(MOMENTARY, table);

/** Why a backup was not made or not brought back, in a sentence for whoever asked. Nothing was changed. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}
