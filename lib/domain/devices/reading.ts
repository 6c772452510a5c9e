import type { Device } from './device.ts';

/** How we learnt it: somebody asked, or the desk went round by itself. */
export type ReadingSource = 'look-up' | 'sweep';

/** What a device said at a moment, and how we learnt it. */
export type Reading = {
  device: Device;
  /** When the answer was in our hands, milliseconds since the epoch. */
  observedAt: number;
  source: ReadingSource;
  /** The DingTalk union id in whose name it was asked. */
  operatorUnionId: string;
  /** The answer as DingTalk sent it, in its own spelling. */
  raw: Record<string, unknown>;
};
