import type { EventOutcome, EventTransport } from './device-event.ts';

type Iso = string;

/** An event as a list shows it: that it came and what became of it. Times are ISO 8601 UTC. */
export type ShownEvent = {
  eventId: string;
  /** DingTalk's name for its kind. */
  type: string;
  deviceId: string | null;
  receivedAt: Iso;
  bornAt: Iso | null;
  transport: EventTransport;
  outcome: EventOutcome;
};
