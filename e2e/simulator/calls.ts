export type CallCount = { calls: number; counted: number; refused: number };

/** The number of calls by path, to compare with the product's ledger. */
export class Calls {
  readonly #paths = new Map<string, CallCount>();

  reset(): void {
    this.#paths.clear();
  }

  add(path: string, what: keyof CallCount): void {
    const count = this.#paths.get(path) ?? { calls: 0, counted: 0, refused: 0 };
    count[what] += 1;
    this.#paths.set(path, count);
  }

  state(): { paths: Record<string, CallCount>; total: number; counted: number } {
    const counts = [...this.#paths.values()];
    return {
      paths: Object.fromEntries(this.#paths),
      total: counts.reduce((sum, { calls }) => sum + calls, 0),
      counted: counts.reduce((sum, { counted }) => sum + counted, 0),
    };
  }
}
