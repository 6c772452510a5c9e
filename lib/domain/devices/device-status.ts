/** What a device can be doing, in the product's words. `unknown` is a value DingTalk sent that we do not know. */
export const STATUS_STATES = [
  'idle',
  'casting',
  'ringing',
  'in-meeting',
  'whiteboard',
  'offline',
  'unknown',
] as const;

export type StatusState = (typeof STATUS_STATES)[number];

/** The state in our words beside the value DingTalk sent; `raw` is null when it sent none. */
export type DeviceStatus = { state: StatusState; raw: string | null };
