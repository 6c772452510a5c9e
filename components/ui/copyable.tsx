import { CopyButton } from './copy-button.tsx';

/** An identifier in a line of its kind, with its copy button; `what` names it for those who do not see the place. */
export function Copyable({ text, what }: { text: string; what: string }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-0.5">
      <span className="sr-only">{what}</span>
      <span className="identifier" title={what}>
        {text}
      </span>
      <CopyButton text={text} what={what} />
    </span>
  );
}
