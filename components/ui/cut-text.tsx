type Props = {
  text: string;
  className?: string;
  /** False where something around it says more on hover. */
  titled?: boolean;
};

/** How many last characters are never cut. */
const KEPT = 6;
/** What fits into the narrowest column uncut, in widths of a Latin letter: two pieces would be drawn for nothing. */
const FITS = 13;
// Names and versions of one kind differ at their ends. Plain characters alone: a piece of any other could read wrongly.
const PLAIN_END = new RegExp(`^(.{${KEPT},}?)([\\x21-\\x7e]{2,${KEPT}})$`, 'su');
const TURNS = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;

/** One line of text that is cut in the middle where there is no room for it; whole on hover and for ears. */
export function CutText({ text, className = '', titled = true }: Props) {
  const title = titled ? text : undefined;
  const [, head, end] = (fits(text) || TURNS.test(text) ? null : PLAIN_END.exec(text)) ?? [];
  if (!head || !end) {
    return (
      <span className={`block truncate device-text ${className}`} title={title}>
        {text}
      </span>
    );
  }
  return (
    <span
      className={`grid min-w-0 max-w-full grid-cols-[minmax(0,1fr)] device-text *:[grid-area:1/1] ${className}`}
      title={title}
    >
      <span aria-hidden className="flex min-w-0 select-none whitespace-pre">
        <span className="truncate whitespace-pre">{head}</span>
        <span className="shrink-0">{end}</span>
      </span>
      {/* The whole text lies over its two pieces unseen: it is what is read aloud, marked, found and copied. */}
      <span className="truncate text-transparent forced-colors:opacity-0">{text}</span>
    </span>
  );
}

/** Chinese, Japanese and Korean characters are twice as wide. */
function fits(text: string): boolean {
  if (text.length > FITS) return false;
  let width = 0;
  for (const character of text) width += character >= '\u1100' ? 2 : 1;
  return width <= FITS;
}
