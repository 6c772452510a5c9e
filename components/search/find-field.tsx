'use client';

import { type ComponentProps, useEffect, useLayoutEffect, useRef } from 'react';
import { FIND_BOX } from './find-box.ts';
import { asksToChoose, type Find } from './use-find.ts';

type Props = Pick<ComponentProps<'textarea'>, 'placeholder' | 'autoFocus' | 'className'> & {
  id: string;
  find: Find;
  /** Whether "/" comes here. */
  isPageBox?: boolean;
};

/** The text that is searched for: one line that grows with what is pasted. The list below it is told by its id. */
export function FindField({ id, find, isPageBox = false, autoFocus, className = '', placeholder }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const { text, index, options, refusal } = find;
  useGrowing(field, text);
  useTypedBefore(field, find);
  useEffect(() => {
    if (refusal && !asksToChoose(refusal)) field.current?.focus();
  }, [refusal]);
  return (
    <textarea
      ref={field}
      id={id}
      name="q"
      rows={1}
      value={text}
      onChange={({ currentTarget }) => find.change(currentTarget.value)}
      onKeyDown={find.onKeyDown}
      // biome-ignore lint/a11y/noAutofocus: the box is what this page or dialog is for
      autoFocus={autoFocus}
      autoComplete="off"
      autoCapitalize="off"
      autoCorrect="off"
      spellCheck={false}
      enterKeyHint="search"
      placeholder={placeholder}
      aria-autocomplete="list"
      aria-controls={options.length > 0 ? `${id}-list` : undefined}
      aria-activedescendant={index === -1 ? undefined : `${id}-${index}`}
      aria-invalid={refusal !== null && !asksToChoose(refusal)}
      aria-describedby={`${id}-hint`}
      {...(isPageBox && { [FIND_BOX]: '' })}
      className={`max-h-48 min-w-0 flex-1 resize-none overflow-y-auto text-input placeholder:text-quiet ${className}`}
    />
  );
}

/** What was typed and entered before the page's script ran is not lost. */
function useTypedBefore(field: { current: HTMLTextAreaElement | null }, find: Find) {
  const begun = useRef(false);
  useLayoutEffect(() => {
    const typed = field.current?.value ?? '';
    if (begun.current || typed === find.text) return;
    begun.current = true;
    const text = typed.replace(/\n+$/, '');
    find.change(text);
    if (text !== typed) void find.enter(false, text);
  }, [field, find]);
}

/** Makes the field as high as its text, as far as its greatest height allows. */
function useGrowing(field: { current: HTMLTextAreaElement | null }, text: string) {
  useEffect(() => {
    const box = field.current;
    if (!box) return;
    box.style.height = 'auto';
    // A field of one line keeps the height its look gives it.
    box.style.height =
      text.includes('\n') || box.scrollHeight > box.clientHeight + 2 ? `${box.scrollHeight + 2}px` : '';
  }, [field, text]);
}
