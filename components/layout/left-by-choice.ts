import { remember } from './remember.ts';

/** A cookie, because signing out clears every other kind of storage. */
const COOKIE = 'rooms-desk.left';

/** Whether the person signed out in this browser. They are not signed in again without a press. */
export const hasLeft = (): boolean => document.cookie.split('; ').includes(`${COOKIE}=yes`);

export const markLeft = (left: boolean): void => remember(COOKIE, left ? 'yes' : 'no');
