'use client';

import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslations } from 'use-intl';

const BOX = 'w-full rounded border border-line-strong bg-surface px-2 text-input md:text-base';

type Labelled = { label: string; note?: string | undefined; className?: string };

/** One labelled box of a form. */
export function TextField({ label, note, className = '', ...rest }: Labelled & ComponentProps<'input'>) {
  const id = useId();
  return (
    <div className={className}>
      <Label id={id} label={label} />
      <input
        autoComplete="off"
        {...rest}
        id={id}
        aria-describedby={note ? `${id}-note` : undefined}
        className={`${BOX} h-9`}
      />
      <Note id={id} note={note} />
    </div>
  );
}

/** The same for several lines. */
export function LinesField({ label, note, className = '', ...rest }: Labelled & ComponentProps<'textarea'>) {
  const id = useId();
  return (
    <div className={className}>
      <Label id={id} label={label} />
      <textarea
        rows={3}
        autoComplete="off"
        spellCheck={false}
        {...rest}
        id={id}
        aria-describedby={note ? `${id}-note` : undefined}
        className={`${BOX} block py-1`}
      />
      <Note id={id} note={note} />
    </div>
  );
}

type Choice = { value: string; word: string };

/** A choice of one. */
export function ChoiceField({
  label,
  choices,
  className = '',
  onChoose,
  ...rest
}: Labelled & { choices: readonly Choice[]; onChoose: (value: string) => void } & ComponentProps<'select'>) {
  const id = useId();
  return (
    <div className={className}>
      <Label id={id} label={label} />
      <select {...rest} id={id} onChange={({ target }) => onChoose(target.value)} className={`${BOX} h-9`}>
        {choices.map(({ value, word }) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A choice of several, of which one at least is to be made: the form is not sent before. */
export function ChecksField({
  label,
  choices,
  chosen,
  className = '',
  onChange,
}: Labelled & {
  choices: readonly Choice[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const t = useTranslations('alerts');
  const boxes = useRef<HTMLFieldSetElement>(null);
  const some = choices.some(({ value }) => chosen.includes(value));
  useEffect(() => boxes.current?.querySelector('input')?.setCustomValidity(some ? '' : t('chooseOne')));
  return (
    <fieldset ref={boxes} className={`min-w-0 ${className}`}>
      <legend className="mb-1 font-medium text-small">{label}</legend>
      <div className={choices.length > 8 ? 'grid gap-x-5 sm:grid-cols-2' : 'flex flex-wrap gap-x-5 gap-y-1'}>
        {choices.map(({ value, word }) => (
          <Check
            key={value}
            checked={chosen.includes(value)}
            onChange={(on) => onChange(on ? [...chosen, value] : chosen.filter((each) => each !== value))}
          >
            {word}
          </Check>
        ))}
      </div>
    </fieldset>
  );
}

/** One box to tick. */
export function Check({
  checked,
  onChange,
  children,
}: {
  checked: boolean;
  onChange: (on: boolean) => void;
  children: ReactNode;
}) {
  return (
    <label className="flex min-h-7 min-w-0 items-center gap-2">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
        className="size-4 shrink-0 accent-accent"
      />
      <span className="device-text min-w-0">{children}</span>
    </label>
  );
}

function Label({ id, label }: { id: string; label: string }) {
  return (
    <label htmlFor={id} className="mb-1 block font-medium text-small">
      {label}
    </label>
  );
}

function Note({ id, note }: { id: string; note: string | undefined }) {
  return note ? (
    <p id={`${id}-note`} className="mt-1 text-quiet text-small">
      {note}
    </p>
  ) : null;
}

/** What stands on the lines of a text, or between its commas. */
export const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n,;，；]/)
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];
