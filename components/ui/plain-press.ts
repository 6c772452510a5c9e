import type { MouseEvent } from 'react';

/** Whether a press on a link means this tab: another tab or window is the browser's business. */
export const isPlainPress = (event: MouseEvent) =>
  !event.defaultPrevented &&
  event.button === 0 &&
  !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
