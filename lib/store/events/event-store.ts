import type { Pushes } from '#lib/domain/alerts/notification-allowance.ts';
import type { Device } from '#lib/domain/devices/device.ts';
import type { DeviceRef } from '#lib/domain/devices/device-ref.ts';
import type { Reading } from '#lib/domain/devices/reading.ts';
import type {
  EventNews,
  EventOutcome,
  EventTransport,
  KeptEvent,
  Override,
  ReceivedEvent,
} from '#lib/domain/events/device-event.ts';
import type { Change } from '#lib/domain/history/change.ts';
import type { AlarmMark, StatusMark, Watch } from '#lib/domain/history/status-mark.ts';

/** What an event told of a field, and when it was so. */
export type EventOverride = Override & { at: number };

export type EventFilter = { deviceId: string | null; type: string | null };

/** What DingTalk sends, and what follows from it. Times are milliseconds since the epoch; promises settle when durable. */
export type EventStore = {
  /**
   * Keeps an event and everything that it changes, in one transaction, once for each `eventId`: 'duplicate' when it was
   * there. The result is the same in whatever order events and readings come. Counts the push against its month.
   */
  recordEvent(
    event: ReceivedEvent,
    news: EventNews,
    how: { transport: EventTransport; at: number },
  ): Promise<EventOutcome | 'duplicate'>;
  /** Events, newest first. `cursor` is what the page before answered. */
  events(
    filter: EventFilter,
    cursor: string | null,
    limit: number,
  ): Promise<{ items: KeptEvent[]; nextCursor: string | null }>;
  /**
   * The device of a reading with what events told of it and its panels since, and what of its own fields they told. With
   * `until` as it was at that moment: what was received later is not in it.
   */
  withOverrides(
    reading: Pick<Reading, 'device' | 'observedAt'>,
    ref: DeviceRef,
    until?: number,
  ): Promise<{ device: Device; overrides: EventOverride[] }>;
  /** Marks of a device within a window, in order, and the last one before it. */
  statusMarks(deviceKey: string, from: number, to: number): Promise<StatusMark[]>;
  alarmMarks(deviceKey: string, from: number, to: number): Promise<AlarmMark[]>;
  /** Changes of a device within a window, newest first. */
  changesBetween(deviceKey: string, from: number, to: number, limit: number): Promise<Change[]>;
  /** Extends the watch of a door to `at`, or begins another when more than `reachMs` passed without a word of it. */
  keepWatch(transport: EventTransport, at: number, reachMs: number): Promise<void>;
  /**
   * When events came in, within a window; stretches of all doors joined, from the first event that told a state. The
   * newest reaches as far as one word does: what is open is written down only now and then.
   */
  watches(from: number, to: number): Promise<Watch[]>;
  /** What was taken from a month's allowance of pushes: events, repetitions among them, and robot messages. */
  pushes(month: string): Promise<Pushes>;
  /** How often a look agreed with what events had said before it, and how often not, since `from`. */
  pushTrust(from: number): Promise<{ agreed: number; missed: number }>;
  /** Whether an event since `since` spoke of a room that is not known. */
  roomsAskedSince(since: number): Promise<boolean>;
};
