import type { Concealed } from '#lib/domain/devices/conceal.ts';
import type { FleetState } from '#lib/domain/inventory/fleet.ts';
import type { AlarmMark, MarkSource } from './status-mark.ts';

/** A stretch in one state as the API says it; times are ISO 8601 UTC. A gap is `not-observed` and has no source. */
export type ShownSpan = { from: string; to: string; state: FleetState; source: MarkSource | null };

/** A state that is known for that moment alone. */
export type ShownMoment = { at: string; state: FleetState; source: MarkSource };

/** A field that was found changed, as one reader may see it. */
export type ShownChange = {
  /** When it was noticed; it happened at some moment since `notBefore`. */
  at: string;
  notBefore: string;
  field: string;
  /** A value may be `{"concealed": true}`. */
  from: unknown;
  to: unknown;
  source: MarkSource;
};

/** An alarm as it lasted: `from` null when nobody told of its beginning, `to` null while it stands. */
export type ShownAlert = {
  rule: string;
  level: AlarmMark['level'];
  /** DingTalk's own text, which may name the device. */
  description: string | null | Concealed;
  from: string | null;
  to: string | null;
  processingAt: string | null;
};

/** What is known of a device over a window of time. Lists are in the order of time, changes and alarms newest first. */
export type HistoryAnswer = {
  window: { from: string; to: string };
  spans: ShownSpan[];
  moments: ShownMoment[];
  changes: ShownChange[];
  /** Whether there were more changes than are told. */
  moreChanges: boolean;
  alarms: ShownAlert[];
  uptime: { observedMs: number; onlineMs: number; windowMs: number };
  /** Since when events have come in without a break; null when they do not now. */
  watchedSince: string | null;
  /** How often a look found what events had let expect, and how often not. */
  push: { agreed: number; missed: number };
};
