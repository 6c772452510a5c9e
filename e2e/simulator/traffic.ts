/** A client that makes one call after another pauses this long at most in between. */
const PAUSE_MS = 50;
const CHECK_EVERY_MS = 5;

/** Which calls are in flight: from being read to the end of their answer, or until the client left. */
export class Traffic {
  #inFlight = 0;
  #lastEnd = Number.NEGATIVE_INFINITY;

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Counts a call until the returned function is called. */
  begin(): () => void {
    this.#inFlight += 1;
    return () => {
      this.#inFlight -= 1;
      this.#lastEnd = performance.now();
    };
  }

  /** Waits until no call is in flight and none follows the last one. False when that does not come within the time, ms. */
  async settled(withinMs: number): Promise<boolean> {
    const limit = performance.now() + withinMs;
    while (this.#inFlight > 0 || performance.now() - this.#lastEnd < PAUSE_MS) {
      if (performance.now() > limit) return false;
      await new Promise((resolve) => setTimeout(resolve, CHECK_EVERY_MS));
    }
    return true;
  }
}
