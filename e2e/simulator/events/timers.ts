/** All timers, so that they can be cancelled together. */
export class Timers {
  readonly #waiting = new Set<NodeJS.Timeout>();

  /** Returns a function that cancels it. */
  after(ms: number, run: () => void): () => void {
    const timer = setTimeout(() => {
      this.#waiting.delete(timer);
      run();
    }, ms);
    this.#waiting.add(timer);
    return () => {
      clearTimeout(timer);
      this.#waiting.delete(timer);
    };
  }

  clear(): void {
    for (const timer of this.#waiting) clearTimeout(timer);
    this.#waiting.clear();
  }
}
