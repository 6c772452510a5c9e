'use client';

import { Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import { useKnownKey, useShortcut } from '#components/layout/use-shortcut.ts';
import { BareButton } from '#components/ui/bare-button.tsx';
import { FIND_BOX } from './find-box.ts';
import { holdKeys, takeHeldKeys } from './held-keys.ts';

// Loaded when somebody opens it: a page that is only read does not carry it.
const load = () => import('./palette.tsx').then(({ Palette }) => Palette);
const Palette = dynamic(load, { ssr: false });

/** The way to the search from every page: a button, Ctrl or Cmd with K, and "/" where the page has no box of its own. */
export function FindAnywhere() {
  const t = useTranslations('nav');
  const [open, setOpen] = useState(false);
  const [used, setUsed] = useState(false);
  const show = useCallback(() => {
    if (!document.querySelector('dialog[open]')) holdKeys();
    setUsed(true);
    setOpen(true);
  }, []);
  const close = useCallback(() => setOpen(false), []);
  useEffect(() => () => void takeHeldKeys(), []);
  const shortcut = useShortcutName();
  useWaysIn(show, shortcut);
  return (
    <>
      <BareButton
        onClick={show}
        onPointerEnter={() => void load()}
        onFocus={() => void load()}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        title={t('findTitle', { shortcut })}
        className="inline-flex h-8 items-center gap-2 rounded border-line px-2 text-quiet text-small hover:bg-sunken hover:text-text bar:w-52 bar:border bar:bg-canvas"
      >
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="max-bar:sr-only bar:flex-1 bar:text-left">{t('find')}</span>
        <kbd className="hidden font-sans bar:block">{shortcut}</kbd>
      </BareButton>
      {used && <Palette open={open} onClose={close} />}
    </>
  );
}

/** Ctrl or Cmd with K opens from anywhere; "/" goes to the page's own box where there is one. */
function useWaysIn(show: () => void, shortcut: string) {
  const toBox = () => {
    const box = document.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[${FIND_BOX}]`);
    if (!box) return show();
    box.focus();
    box.select();
  };
  useShortcut('/', 'find', toBox, 'everywhere');
  useKnownKey(shortcut, 'palette', 'everywhere');
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.altKey || event.shiftKey || event.defaultPrevented) return;
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      show();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [show]);
}

const never = () => () => undefined;

/** As the reader's keyboard has it; the server does not know and draws the commoner one. */
function useShortcutName(): string {
  return useSyncExternalStore(
    never,
    () => (/Mac|iPhone|iPad/.test(navigator.platform) ? '⌘K' : 'Ctrl K'),
    () => 'Ctrl K',
  );
}
