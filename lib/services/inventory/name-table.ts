/** Which of one kind of things are called what. Made when first asked, then kept right while names change. */
export type NameTable = {
  put(name: string | null, id: string): void;
  remove(name: string | null, id: string): void;
  /** Ids of those whose name is spelt like this. */
  called(spelling: string): readonly string[];
};

export const LONGEST_NAME = 64;
/** One Chinese character or two letters name too much to be recognised in running text. */
const TOO_LITTLE = /^(?:.|[a-z]{2}|\d+)$/;

/** A name as it is compared: one spelling for all. */
export const spelt = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** `all` tells the names there are, until the table has them itself. */
export function createNameTable(all: (tell: NameTable['put']) => void): NameTable {
  // Nearly every name is one thing's alone, which needs no list.
  let table: Map<string, string | string[]> | null = null;
  const put = (name: string | null, id: string) => {
    const spelling = table && recognisable(name);
    if (spelling === null || table === null) return;
    const known = table.get(spelling);
    if (known === undefined) table.set(spelling, id);
    else if (typeof known === 'string') table.set(spelling, [known, id]);
    else known.push(id);
  };
  return {
    put,
    remove(name, id) {
      const spelling = table && recognisable(name);
      if (spelling === null || table === null) return;
      const left = listed(table.get(spelling)).filter((each) => each !== id);
      if (left.length === 0) table.delete(spelling);
      else table.set(spelling, left);
    },
    called(spelling) {
      if (table === null) {
        table = new Map();
        all(put);
      }
      return listed(table.get(spelling));
    },
  };
}

const listed = (known: string | string[] | undefined) =>
  known === undefined ? [] : typeof known === 'string' ? [known] : known;

/** The spelling of a name that can be recognised in running text, else null. */
function recognisable(name: string | null): string | null {
  const spelling = name === null ? '' : spelt(name);
  return spelling === '' || spelling.length > LONGEST_NAME || TOO_LITTLE.test(spelling) ? null : spelling;
}
