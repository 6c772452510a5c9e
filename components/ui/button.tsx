import { BareButton, type BareButtonProps } from './bare-button.tsx';

const LOOK = {
  primary: 'border-accent bg-accent text-on-accent hover:opacity-90',
  plain: 'border-line bg-surface text-accent hover:bg-sunken',
};

const SHAPE =
  'inline-flex min-h-8 items-center justify-center gap-1.5 rounded border px-3 py-1 font-medium no-underline aria-disabled:opacity-60';

type Look = keyof typeof LOOK;

/** What something that can be pressed looks like, for links that are pressed like buttons. */
export function buttonClass(look: Look = 'plain'): string {
  return `${SHAPE} ${LOOK[look]}`;
}

export function Button({
  look = 'plain',
  className = '',
  disabled = false,
  ...rest
}: BareButtonProps & { look?: Look }) {
  const faded = disabled ? 'opacity-60' : '';
  return (
    <BareButton {...rest} disabled={disabled} className={`${buttonClass(look)} ${faded} ${className}`} />
  );
}
