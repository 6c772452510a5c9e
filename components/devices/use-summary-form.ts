'use client';

import { useSyncExternalStore } from 'react';
import { isSummaryForm, type SummaryForm } from '#lib/domain/text/summary-form.ts';

const KEPT_AS = 'rooms-desk.summary-form';
const listeners = new Set<() => void>();
/** For browsers that keep nothing: as long as the page is open. */
let chosen: SummaryForm | null = null;

/**
 * The form in which this browser last copied a summary, and how to choose another. The page begins with the form that the
 * server renders, so a handler reads `keptForm` instead: a press may come before the first update.
 */
export function useSummaryForm(): [SummaryForm, (form: SummaryForm) => void] {
  const form = useSyncExternalStore(listen, keptForm, () => 'markdown' as const);
  return [form, choose];
}

function listen(changed: () => void): () => void {
  listeners.add(changed);
  return () => void listeners.delete(changed);
}

/** The form that is chosen at this moment. Only for the browser. */
export function keptForm(): SummaryForm {
  if (chosen !== null) return chosen;
  try {
    const text = window.localStorage.getItem(KEPT_AS);
    return isSummaryForm(text) ? text : 'markdown';
  } catch {
    return 'markdown';
  }
}

function choose(form: SummaryForm): void {
  chosen = form;
  try {
    window.localStorage.setItem(KEPT_AS, form);
  } catch {}
  for (const changed of listeners) changed();
}
