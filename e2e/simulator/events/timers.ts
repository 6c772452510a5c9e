/** Everything that waits, so that all of it can be called off at once. */
export class Timers {
  readonly #waiting = new Set<NodeJS.Timeout>();

  /** Returns a way to call it off. */
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
