/** How a device, a room or a channel is called inside a line that leads there. */
export const LINK = 'device-text text-accent underline underline-offset-2';
