type Props = {
  text: string;
  piece: string | null;
  /** An identifier is one piece however it is spelt; a name is found by each of its words. */
  asOne?: boolean;
};

/** A text with what was searched for marked in it, in whatever case it was typed. */
export function Marked({ text, piece, asOne = false }: Props) {
  const searched = (piece ?? '').normalize('NFKC').trim();
  const words = (asOne ? [searched] : searched.split(/[\s,;:，；：。/|]+/)).filter((word) => word !== '');
  if (words.length === 0) return text;
  const pattern = new RegExp(`(${words.map(literal).join('|')})`, 'giu');
  return text.split(pattern).map((part, at) =>
    at % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name than their place
      <mark key={at} className="rounded-xs bg-accent/20 text-text">
        {part}
      </mark>
    ) : (
      part
    ),
  );
}

const literal = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
