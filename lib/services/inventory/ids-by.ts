/** Ids under keys. Nearly every key has one id alone, and a hundred thousand lists of one would weigh as much as the rows. */
export type IdsBy = {
  add(key: string, id: string): void;
  remove(key: string, id: string): void;
  /** In the order in which they came. */
  of(key: string): readonly string[];
};

export function createIdsBy(): IdsBy {
  const table = new Map<string, string | string[]>();
  const of = (key: string) => listed(table.get(key));
  return {
    of,
    add(key, id) {
      const known = table.get(key);
      if (known === undefined) table.set(key, id);
      else if (typeof known === 'string') table.set(key, [known, id]);
      else known.push(id);
    },
    remove(key, id) {
      const left = of(key).filter((each) => each !== id);
      const [only] = left;
      if (only === undefined) table.delete(key);
      else table.set(key, left.length === 1 ? only : left);
    },
  };
}

const NONE: readonly string[] = [];

const listed = (known: string | string[] | undefined): readonly string[] =>
  known === undefined ? NONE : typeof known === 'string' ? [known] : known;
