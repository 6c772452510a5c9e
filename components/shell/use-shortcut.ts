'use client';

import { useEffect, useRef } from 'react';

/**
 * A single key that does something while no text is being written. `label` is its word under `shortcuts`.
 */
export function useShortcut(key: string, _label: string, press: () => void): void {
  const pressNow = useRef(press);
  useEffect(() => {
    pressNow.current = press;
  }, [press]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented || event.repeat) return;
      if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
      if (event.key.toLowerCase() !== key) return;
      event.preventDefault();
      pressNow.current();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [key]);
}

const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, select, dialog, [contenteditable]') !== null;
