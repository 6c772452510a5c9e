type Props = { text: string; className?: string };

/** How many last characters are never cut. */
const KEPT = 6;
// Names and versions of one kind differ at their ends. Plain characters alone: a piece of any other could read wrongly.
const PLAIN_END = new RegExp(`^(.{${KEPT},}?)([\\x21-\\x7e]{2,${KEPT}})$`, 'su');
const TURNS = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;

/** One line of text that is cut in the middle where there is no room for it; whole on hover and for ears. */
export function CutText({ text, className = '' }: Props) {
  const [, head, end] = (TURNS.test(text) ? null : PLAIN_END.exec(text)) ?? [];
  if (!head || !end) {
    return (
      <span className={`block truncate device-text ${className}`} title={text}>
        {text}
      </span>
    );
  }
  return (
    <span className={`flex min-w-0 max-w-full device-text ${className}`} title={text}>
      <span className="sr-only">{text}</span>
      <span aria-hidden className="truncate whitespace-pre">
        {head}
      </span>
      <span aria-hidden className="shrink-0 whitespace-pre">
        {end}
      </span>
    </span>
  );
}
