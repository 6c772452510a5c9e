/** Work that many wait for and that is done once. */
export type Shared<T> = {
  /** Joins the work under this key, or starts it. `joined` tells whether somebody else had started it. */
  share(key: string, work: () => Promise<T>): { result: Promise<T>; joined: boolean };
};

/** A map of promises: an entry lives as long as its work, so a failure is never remembered. */
export function createShared<T>(): Shared<T> {
  const underWay = new Map<string, Promise<T>>();
  return {
    share(key, work) {
      const running = underWay.get(key);
      if (running) return { result: running, joined: true };
      const result = work().finally(() => underWay.delete(key));
      underWay.set(key, result);
      return { result, joined: false };
    },
  };
}
