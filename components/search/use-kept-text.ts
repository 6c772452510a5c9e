'use client';

import { useEffect, useEffectEvent, useRef } from 'react';
import type { Find } from './use-find.ts';

const NAME = 'deskFind';
/** Browsers refuse to write to the history at every key. */
const SETTLED_MS = 400;

/** A click, the Enter key or the end of the page may lead elsewhere, to an entry that must not get this text. */
const LEAVING = ['click', 'keydown', 'pagehide'] as const;

/**
 * Going back finds the search as it was left. The text is kept with the entry of the browser's history and not in the
 * address, because what is pasted may be a secret and addresses are shared and logged.
 */
export function useSavedText({ text, change }: Pick<Find, 'text' | 'change'>): void {
  const begun = useRef(false);
  const restore = useEffectEvent((): boolean => {
    const kept = stateOf()[NAME];
    const isFirst = !begun.current;
    begun.current = true;
    if (!isFirst || typeof kept !== 'string' || kept === '' || text !== '') return false;
    change(kept);
    return true;
  });
  useEffect(() => {
    if (restore() || text === (stateOf()[NAME] ?? '')) return;
    const forget = () => {
      clearTimeout(timer);
      for (const type of LEAVING) window.removeEventListener(type, keepNow, true);
    };
    const keep = () => {
      forget();
      window.history.replaceState({ ...stateOf(), [NAME]: text }, '');
    };
    const keepNow = (event: Event) => {
      if (!(event instanceof KeyboardEvent) || event.key === 'Enter') keep();
    };
    const timer = setTimeout(keep, SETTLED_MS);
    for (const type of LEAVING) window.addEventListener(type, keepNow, true);
    return forget;
  }, [text]);
}

function stateOf(): Record<string, unknown> {
  const state: unknown = window.history.state;
  return typeof state === 'object' && state !== null ? (state as Record<string, unknown>) : {};
}
