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
      const known = table.get(key);
      if (known === id) table.delete(key);
      if (!Array.isArray(known)) return;
      const at = known.indexOf(id);
      if (at >= 0) known.splice(at, 1);
      const [only] = known;
      if (known.length === 1 && only !== undefined) table.set(key, only);
    },
  };
}

const NONE: readonly string[] = [];

const listed = (known: string | string[] | undefined): readonly string[] =>
  known === undefined ? NONE : typeof known === 'string' ? [known] : known;
