/** The longest pause of a client that makes one call after another. */
const PAUSE_MS = 50;
const CHECK_EVERY_MS = 5;

/** The calls in flight: from the request to the end of the response, or until the client disconnected. */
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
