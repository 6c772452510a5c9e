type Props = {
  text: string;
  className?: string;
  /** False where something around it says more on hover. */
  titled?: boolean;
};

/** How many last characters are never cut. */
const KEPT = 6;
// Names and versions of one kind differ at their ends. Plain characters alone: a piece of any other could read wrongly.
const PLAIN_END = new RegExp(`^(.{${KEPT},}?)([\\x21-\\x7e]{2,${KEPT}})$`, 'su');
const TURNS = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;

/** One line of text that is cut in the middle where there is no room for it; whole on hover and for ears. */
export function CutText({ text, className = '', titled = true }: Props) {
  const title = titled ? text : undefined;
  const [, head, end] = (TURNS.test(text) ? null : PLAIN_END.exec(text)) ?? [];
  if (!head || !end) {
    return (
      <span className={`block truncate device-text ${className}`} title={title}>
        {text}
      </span>
    );
  }
  return (
    <span className={`relative flex min-w-0 max-w-full device-text ${className}`} title={title}>
      {/* The whole text lies over its two pieces unseen: it is what is read aloud, marked, found and copied. */}
      <span className="absolute inset-0 truncate text-transparent forced-colors:opacity-0">{text}</span>
      <span aria-hidden className="select-none truncate whitespace-pre">
        {head}
      </span>
      <span aria-hidden className="shrink-0 select-none whitespace-pre">
        {end}
      </span>
    </span>
  );
}
