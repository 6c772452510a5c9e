'use client';

import { Search, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useKnownKey } from '#components/layout/use-shortcut.ts';
import { FIND_BOX } from '#components/search/find-box.ts';
import { BareButton } from '#components/ui/bare-button.tsx';

type Props = {
  label: string;
  /** What the address says is looked for. */
  value: string;
  onChange: (text: string) => void;
};

/** A breath between two questions: the first letter is asked about at once, fast ones after it together. */
const BREATH_MS = 120;

/** A box that narrows the list below it while somebody types; follows the address when that changes by other ways. */
export function FilterBox({ label, value, onChange }: Props) {
  const t = useTranslations('list');
  const box = useRef<HTMLInputElement>(null);
  const { text, type, flush, composing } = useTyped(value, onChange);
  useKnownKey('Esc', 'emptyBox');
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter and Escape that choose a Chinese word belong to the input method.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') flush(text);
    if (event.key === 'Escape' && text !== '') {
      event.preventDefault();
      flush('');
    }
  };
  return (
    <search className="relative block">
      <Search aria-hidden className="absolute top-2.5 left-3 size-5 text-quiet md:top-2 md:size-4" />
      <input
        ref={box}
        {...{ [FIND_BOX]: '' }}
        type="text"
        inputMode="search"
        value={text}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
        onCompositionStart={() => composing(true)}
        onCompositionEnd={(event) => {
          composing(false);
          type(event.currentTarget.value);
        }}
        aria-label={label}
        placeholder={label}
        title={label}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="search"
        className="h-10 w-full text-ellipsis rounded border border-line-strong bg-surface pr-9 pl-10 text-input placeholder:text-quiet md:h-8 md:pl-9"
      />
      {text !== '' && (
        <BareButton
          aria-label={t('clearText')}
          title={t('clearText')}
          onClick={() => {
            flush('');
            box.current?.focus();
          }}
          className="absolute top-1 right-1 inline-flex size-8 items-center justify-center rounded-sm text-quiet hover:text-text md:size-6"
        >
          <X aria-hidden className="size-4" />
        </BareButton>
      )}
    </search>
  );
}

/** The text as typed, told at most once a breath; nothing is told while a Chinese word is being composed. */
function useTyped(value: string, onChange: (text: string) => void) {
  const [text, setText] = useState(value);
  // What was told and has not come back from the address yet, and what came back last in front of it.
  const told = useRef([value]);
  const isComposing = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const eventAt = useRef(Number.NEGATIVE_INFINITY);
  const tell = useRef(onChange);
  useEffect(() => {
    tell.current = onChange;
  }, [onChange]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // An address that comes back as it was told, even late, is no news and must not take back what was typed since.
    const at = told.current.indexOf(value);
    told.current = at < 0 ? [value] : told.current.slice(at);
    if (at >= 0) return;
    clearTimeout(timer.current);
    setText(value);
  }, [value]);
  const flush = (next: string) => {
    clearTimeout(timer.current);
    setText(next);
    if (next === told.current.at(-1)) return;
    told.current.push(next);
    eventAt.current = performance.now();
    tell.current(next);
  };
  return {
    text,
    flush,
    composing: (on: boolean) => {
      isComposing.current = on;
      if (on) clearTimeout(timer.current);
    },
    type: (next: string) => {
      setText(next);
      clearTimeout(timer.current);
      if (isComposing.current) return;
      const waitMs = eventAt.current + BREATH_MS - performance.now();
      if (waitMs <= 0) flush(next);
      else timer.current = setTimeout(() => flush(next), waitMs);
    },
  };
}
