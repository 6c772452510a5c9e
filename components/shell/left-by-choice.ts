const MARK = 'rooms-desk.left';

/** Whether the person signed out in this tab. Whoever did is not signed in again without a press. */
export const hasLeft = (): boolean => storage()?.getItem(MARK) === 'yes';

export const markLeft = (left: boolean): void => storage()?.setItem(MARK, left ? 'yes' : 'no');

/** The tab's own storage; null where the browser keeps none. */
function storage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
