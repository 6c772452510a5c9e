import { useEffect, useState } from 'react';

const PREFIX = 'rooms-desk.note ';

/** Whether something was begun under this name in this tab and not finished. */
export function hasDraft(name: string): boolean {
  return read(name) !== null;
}

/**
 * A text that is not lost while it is not saved: it outlives a reload and signing in again, in this tab, for the reader
 * in whose name it is kept. `null` gives it up.
 */
export function useDraft(name: string, begin: string) {
  const [text, setText] = useState(() => read(name) ?? begin);
  useEffect(() => {
    try {
      if (text === begin) sessionStorage.removeItem(PREFIX + name);
      else sessionStorage.setItem(PREFIX + name, text);
    } catch {
      // A browser that keeps nothing still has the text on the page.
    }
  }, [name, text, begin]);
  return { text, setText };
}

export function dropDraft(name: string): void {
  try {
    sessionStorage.removeItem(PREFIX + name);
  } catch {}
}

function read(name: string): string | null {
  try {
    return sessionStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}
