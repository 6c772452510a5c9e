'use client';

import { useEffect, useRef } from 'react';
import type { Find } from './use-find.ts';

const NAME = 'deskFind';
/** Browsers refuse to write to the history at every key. */
const SETTLED_MS = 400;

/**
 * Going back finds the search as it was left. The text is kept with the entry of the browser's history and not in the
 * address, because what is pasted may be a secret and addresses are shared and logged.
 */
export function useKeptText({ text, change }: Pick<Find, 'text' | 'change'>): void {
  const begun = useRef(false);
  useEffect(() => {
    if (!begun.current) {
      begun.current = true;
      const kept = stateOf()[NAME];
      if (typeof kept === 'string' && kept !== '' && text === '') return change(kept);
    }
    if (text === (stateOf()[NAME] ?? '')) return;
    const keep = () => window.history.replaceState({ ...stateOf(), [NAME]: text }, '');
    const timer = setTimeout(keep, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [text, change]);
}

function stateOf(): Record<string, unknown> {
  const state: unknown = window.history.state;
  return typeof state === 'object' && state !== null ? (state as Record<string, unknown>) : {};
}
