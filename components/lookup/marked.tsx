/** A text with the searched words marked in it, in whatever case they were typed. */
export function Marked({ text, piece }: { text: string; piece: string | null }) {
  const words = (piece ?? '')
    .normalize('NFKC')
    .split(/[\s,;:，；：。/|]+/)
    .filter((word) => word !== '');
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
