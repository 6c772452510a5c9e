import { MOST_DAYS, USUAL_DAYS } from '#lib/domain/history/history-window.ts';
import { readMoment } from '#lib/domain/inventory/fleet-filter.ts';

/** The window of time that an address names: the last days, or a stretch between two moments (ISO 8601). */
export type HistoryView = { days: number } | { from: string; to: string };

const NAMES = ['days', 'from', 'to'];

/** Whether an address names a window of time. */
export const namesHistoryView = (params: URLSearchParams): boolean => NAMES.some((name) => params.has(name));

/** Reads the window out of an address; one that names none, or a wrong one, shows the usual one. */
export function readHistoryView(params: URLSearchParams): HistoryView {
  const [from, to] = [params.get('from'), params.get('to')];
  if (from && to && readMoment(from) !== null && readMoment(to) !== null) return { from, to };
  const days = Number(params.get('days'));
  return { days: Number.isInteger(days) && days >= 1 && days <= MOST_DAYS ? days : USUAL_DAYS };
}

/** The address with another window; everything else in it stays. */
export function withHistoryView(params: URLSearchParams, view: HistoryView): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of NAMES) next.delete(name);
  for (const [name, value] of historyParams(view)) next.set(name, value);
  return next;
}

/** How the desk is asked for it. */
export function historyParams(view: HistoryView): URLSearchParams {
  return new URLSearchParams('days' in view ? { days: String(view.days) } : view);
}

/** The window of whole days of the reader's calendar, such as `2026-11-01` to `2026-11-07`, the last one included. */
export function viewOfDays(first: string, last: string): HistoryView | null {
  const begin = new Date(`${first}T00:00:00`);
  const end = new Date(`${last}T00:00:00`);
  end.setDate(end.getDate() + 1);
  if (Number.isNaN(begin.getTime()) || Number.isNaN(end.getTime())) return null;
  return { from: begin.toISOString(), to: end.toISOString() };
}
