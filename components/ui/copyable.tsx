import { CopyButton } from './copy-button.tsx';

type Props = {
  text: string;
  what: string;
  /** Whether `what` stands before it for everybody to see. */
  label?: boolean;
};

/** An identifier in a line of its kind, with its copy button; `what` names it for those who do not see the place. */
export function Copyable({ text, what, label = false }: Props) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1">
      <span className={label ? 'shrink-0 text-quiet' : 'sr-only'}>{what}</span>
      <span className="identifier" title={what}>
        {text}
      </span>
      <CopyButton text={text} what={what} />
    </span>
  );
}
