import type { EventOutcome } from '#lib/domain/events/device-event.ts';
import type { EventOverrides } from './event-overrides.ts';

/** What became of an event, and which device or room it is about. */
export type Effect = {
  outcome: EventOutcome;
  deviceKey: string | null;
  roomId: string | null;
  /** Values of the device's fields that the event reports. They are stored with it. */
  overrides?: EventOverrides;
};
