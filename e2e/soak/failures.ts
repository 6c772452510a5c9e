/** Failures by kind, with the first examples of each. */
export type Failures = {
  /** Adds a failure. */
  add(kind: string, detail: string): void;
  list(): { kind: string; times: number; examples: string[] }[];
};

const MOST_EXAMPLES = 3;
const MOST_LETTERS = 600;

export function collectFailures(): Failures {
  const kinds = new Map<string, { times: number; examples: string[] }>();
  return {
    add(kind, detail) {
      const known = kinds.get(kind) ?? { times: 0, examples: [] };
      known.times += 1;
      if (known.examples.length < MOST_EXAMPLES) known.examples.push(detail.slice(0, MOST_LETTERS));
      kinds.set(kind, known);
    },
    list: () => [...kinds].map(([kind, known]) => ({ kind, ...known })),
  };
}
