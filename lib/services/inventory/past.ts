import type { Store } from '#lib/store/store.ts';

/** What reads lists as they were at any moment. */
export type PastSource = Pick<Store, 'devicesThen' | 'roomsThen' | 'roomGroupsThen'>;

/** A moment that nobody asked about for so long is let go: it takes as much memory as the present. */
const KEPT_MS = 60_000;

/**
 * The last moment of the past that was asked about, in memory. One is read at a time and one is kept, however many are
 * asked about: each is all that is known.
 */
export function createPast<View>(load: (at: number) => Promise<View>): (at: number) => Promise<View> {
  let kept: { at: number; view: Promise<View> } | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let letGo: NodeJS.Timeout | undefined;
  return (at) => {
    clearTimeout(letGo);
    if (kept?.at !== at) {
      const view = last.then(() => load(at));
      const mine = { at, view };
      kept = mine;
      last = view.catch(() => {
        if (kept === mine) kept = null;
      });
    }
    letGo = setTimeout(() => {
      kept = null;
    }, KEPT_MS).unref();
    return kept.view;
  };
}
