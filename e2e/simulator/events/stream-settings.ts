import type { HeaderKey } from './stream-frame.ts';

/** How the stream behaves when it behaves. A `speed` of 10 makes every wait a tenth. */
export type StreamSettings = {
  speed: number;
  /** An event that is not acknowledged for so long is pushed again. */
  answerSeconds: number;
  /** An event that was first pushed so long ago is given up. */
  giveUpSeconds: number;
  /** Between SYSTEM disconnect and the end of the connection. */
  silenceSeconds: number;
  /** Distance of SYSTEM pings; 0 for none. */
  pingSeconds: number;
  /** Distance of SYSTEM KEEPALIVE; 0 for none. */
  keepAliveSeconds: number;
  /** Whether CONNECTED and REGISTERED are sent at the start. */
  greets: boolean;
  headerKey: HeaderKey;
  /** What becomes of those who come with a ticket. */
  connects: 'yes' | 'refused' | 'hangs';
  /** Another address for the answer to a ticket; null for the one that is right. */
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
