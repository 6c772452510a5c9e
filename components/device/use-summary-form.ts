'use client';

import { useSyncExternalStore } from 'react';
import { isSummaryForm, type SummaryForm } from '#lib/domain/summary-form.ts';

const KEPT_AS = 'rooms-desk.summary-form';
const listeners = new Set<() => void>();
/** For browsers that keep nothing: as long as the page is open. */
let chosen: SummaryForm | null = null;

/** The form in which this browser last copied a summary, and how to choose another. */
export function useSummaryForm(): [SummaryForm, (form: SummaryForm) => void] {
  const form = useSyncExternalStore(listen, kept, () => 'markdown' as const);
  return [form, choose];
}

function listen(changed: () => void): () => void {
  listeners.add(changed);
  return () => void listeners.delete(changed);
}

function kept(): SummaryForm {
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
