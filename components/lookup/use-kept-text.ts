'use client';

import { useEffect, useRef } from 'react';
import type { Find } from './use-find.ts';

const NAME = 'deskFind';

/**
 * Going back finds the search as it was left. The text is kept with the entry of the browser's history and not in the
 * address, because what is pasted may be a secret and addresses are shared and logged.
 */
export function useKeptText({ text, change }: Pick<Find, 'text' | 'change'>): void {
  const begun = useRef(false);
  useEffect(() => {
    const state: unknown = window.history.state;
    if (!begun.current) {
      begun.current = true;
      const kept = typeof state === 'object' && state !== null ? Reflect.get(state, NAME) : null;
      if (typeof kept === 'string' && kept !== '' && text === '') return change(kept);
    }
    window.history.replaceState({ ...(state as object | null), [NAME]: text }, '');
  }, [text, change]);
}
