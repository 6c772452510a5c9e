/**
 * For each row a few marks of the pairs of characters in its text. A row that lacks a mark of a word cannot hold the
 * word, which spares looking into nearly all texts: a hundred thousand of them take milliseconds, their marks a tenth.
 */
export type WordMarks = {
  set(slot: number, text: string): void;
  /** Tells whether a row may hold all these words: never a false no. */
  sieve(words: string[]): (slot: number) => boolean;
};

/** Numbers of 32 marks each, for a row. A text of a hundred characters sets about a third of them. */
const WIDTH = 8;

export function createWordMarks(): WordMarks {
  let marks = new Uint32Array(WIDTH * 1_024);
  return {
    set(slot, text) {
      const first = slot * WIDTH;
      if (first >= marks.length) {
        const wider = new Uint32Array(Math.max(first + WIDTH, marks.length * 2));
        wider.set(marks);
        marks = wider;
      }
      marks.fill(0, first, first + WIDTH);
      for (let at = 1; at < text.length; at++) {
        const mark = markOf(text.charCodeAt(at - 1), text.charCodeAt(at));
        const place = first + (mark >>> 5);
        marks[place] = (marks[place] as number) | (1 << (mark & 31));
      }
    },
    sieve(words) {
      const wanted = [...new Set(words.flatMap(marksOf))];
      const offsets = Uint32Array.from(wanted, (mark) => mark >>> 5);
      const bits = Uint32Array.from(wanted, (mark) => 1 << (mark & 31));
      return (slot) => {
        const first = slot * WIDTH;
        for (let at = 0; at < bits.length; at++) {
          if (((marks[first + (offsets[at] as number)] as number) & (bits[at] as number)) === 0) return false;
        }
        return true;
      };
    },
  };
}

function marksOf(word: string): number[] {
  return Array.from({ length: Math.max(0, word.length - 1) }, (_, at) =>
    markOf(word.charCodeAt(at), word.charCodeAt(at + 1)),
  );
}

/** One of the row's marks, the same for the same pair. */
const markOf = (left: number, right: number) => Math.imul(left * 31 + right, 2_654_435_761) >>> 24;
