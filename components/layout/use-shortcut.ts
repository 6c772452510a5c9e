'use client';

import { useEffect, useRef } from 'react';
import { addShortcut, type ShortcutLabel } from './shortcuts.ts';

/**
 * Has a key, or two after each other such as `g d`, press something while this is on the page. It does so only where nobody
 * writes, no dialog is open and no modifier is held; the sheet under `?` says what `label` says of it under `shortcuts`.
 */
export function useShortcut(
  key: string,
  label: ShortcutLabel,
  press: () => void,
  reach: 'everywhere' | 'page' = 'page',
): void {
  const pressNow = useRef(press);
  useEffect(() => {
    pressNow.current = press;
  }, [press]);
  useEffect(() => addShortcut({ key, label, reach, press: () => pressNow.current() }), [key, label, reach]);
}

/** Has the sheet say a key that something else hears. */
export function useKnownKey(key: string, label: ShortcutLabel, reach: 'everywhere' | 'page' = 'page'): void {
  useEffect(() => addShortcut({ key, label, reach, press: null }), [key, label, reach]);
}
