import type { Store } from '#lib/store/store.ts';

/** What reads lists as they were at any moment. */
export type PastSource = Pick<Store, 'devicesThen' | 'roomsThen' | 'roomGroupsThen'>;

/** A moment that nobody asked about for so long is let go: it takes as much memory as the present. */
const KEPT_MS = 60_000;

/** Two moments are compared. */
const MOST_KEPT = 2;

/**
 * The last moments of the past that were asked about, in memory. One is read at a time and two are kept, however many
 * are asked about: each is all that was known.
 */
export function createPast<View>(load: (at: number) => Promise<View>): (at: number) => Promise<View> {
  let kept: { at: number; view: Promise<View> }[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let letGo: NodeJS.Timeout | undefined;
  return (at) => {
    clearTimeout(letGo);
    letGo = setTimeout(() => {
      kept = [];
    }, KEPT_MS).unref();
    const known = kept.find((each) => each.at === at);
    if (known) return known.view;
    const view = last.then(() => load(at));
    const mine = { at, view };
    kept = [mine, ...kept].slice(0, MOST_KEPT);
    last = view.catch(() => {
      kept = kept.filter((each) => each !== mine);
    });
    return view;
  };
}
