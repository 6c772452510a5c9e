/** The times within the last `span` milliseconds. */
export class SlidingWindow {
  readonly #span: number;
  #moments: number[] = [];
  #first = 0;

  constructor(span: number) {
    this.#span = span;
  }

  add(now: number): void {
    this.#moments.push(now);
  }

  /** After the clock was set back, times in the future are dropped. */
  count(now: number): number {
    while ((this.#moments.at(-1) ?? now) > now) this.#moments.pop();
    this.#first = Math.min(this.#first, this.#moments.length);
    while ((this.#moments[this.#first] ?? now) <= now - this.#span) this.#first += 1;
    if (this.#first > this.#moments.length / 2) {
      this.#moments = this.#moments.slice(this.#first);
      this.#first = 0;
    }
    return this.#moments.length - this.#first;
  }
}
