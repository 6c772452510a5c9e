import type { HeaderKey } from './stream-frame.ts';

/** The normal behavior of the stream. A `speed` of 10 shortens every wait to a tenth. */
export type StreamSettings = {
  speed: number;
  /** The time after which an unacknowledged event is pushed again. */
  answerSeconds: number;
  /** The time after the first push when an event is given up. */
  giveUpSeconds: number;
  /** The time between SYSTEM disconnect and the end of the connection. */
  silenceSeconds: number;
  /** The interval of SYSTEM pings; 0 for none. */
  pingSeconds: number;
  /** The interval of SYSTEM KEEPALIVE frames; 0 for none. */
  keepAliveSeconds: number;
  /** Whether CONNECTED and REGISTERED are sent at the start. */
  greets: boolean;
  headerKey: HeaderKey;
  /** The handling of clients with a ticket. */
  connects: 'yes' | 'refused' | 'hangs';
  /** Another address in the response to a ticket request; null for the correct one. */
  endpoint: string | null;
};

export const STREAM_STANDARD: StreamSettings = {
  speed: 1,
  answerSeconds: 3,
  giveUpSeconds: 60,
  silenceSeconds: 10,
  pingSeconds: 60,
  keepAliveSeconds: 0,
  greets: false,
  headerKey: 'headers',
  connects: 'yes',
  endpoint: null,
};

const number = (least: number) => (value: unknown) => typeof value === 'number' && value >= least;

/** The accepted values of each setting. */
export const STREAM_CHECKS: Record<keyof StreamSettings, (value: unknown) => boolean> = {
  speed: number(0.001),
  answerSeconds: number(0.001),
  giveUpSeconds: number(0),
  silenceSeconds: number(0),
  pingSeconds: number(0),
  keepAliveSeconds: number(0),
  greets: (value) => typeof value === 'boolean',
  headerKey: (value) => value === 'headers' || value === 'header',
  connects: (value) => value === 'yes' || value === 'refused' || value === 'hangs',
  endpoint: (value) => value === null || typeof value === 'string',
};
