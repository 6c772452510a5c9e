import { createIdsBy, type IdsBy } from './ids-by.ts';

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
export function createNameTable(all: (put: NameTable['put']) => void): NameTable {
  let table: IdsBy | null = null;
  const put = (name: string | null, id: string) => {
    const spelling = table && recognisable(name);
    if (spelling !== null) table?.add(spelling, id);
  };
  return {
    put,
    remove(name, id) {
      const spelling = table && recognisable(name);
      if (spelling !== null) table?.remove(spelling, id);
    },
    called(spelling) {
      if (table === null) {
        table = createIdsBy();
        all(put);
      }
      return table.of(spelling);
    },
  };
}

/** The spelling of a name that can be recognised in running text, else null. */
function recognisable(name: string | null): string | null {
  const spelling = name === null ? '' : spelt(name);
  return spelling === '' || spelling.length > LONGEST_NAME || TOO_LITTLE.test(spelling) ? null : spelling;
}
