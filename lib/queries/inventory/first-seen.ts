const firstSeen = new WeakMap<object, number>();

/**
 * When this browser first held an answer that came with a page, by its own clock. Going back shows the same page's
 * answer again, older by then: its age counts from here, not from when it is drawn.
 */
export function firstSeenAt(answer: object): number {
  const seen = firstSeen.get(answer) ?? Date.now();
  firstSeen.set(answer, seen);
  return seen;
}
