/** The simulator's time: the machine's, plus the offset of tests. */
export class Clock {
  #offsetMs = 0;

  now(): number {
    return Date.now() + this.#offsetMs;
  }

  /** A negative number steps the clock back. */
  advance(seconds: number): void {
    this.#offsetMs += seconds * 1_000;
  }

  reset(): void {
    this.#offsetMs = 0;
  }

  state(): { now: string; offsetSeconds: number } {
    return { now: new Date(this.now()).toISOString(), offsetSeconds: this.#offsetMs / 1_000 };
  }
}
