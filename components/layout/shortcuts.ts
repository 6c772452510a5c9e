import type { Messages } from '#lib/i18n/messages.ts';
import { remember } from './remember.ts';

/** What a shortcut does, as the catalogue says it. */
export type ShortcutLabel = Exclude<keyof Messages['shortcuts'], 'sheet'>;

export type Shortcut = {
  /** One key, or two after each other with a space between: `r`, `g d`. */
  key: string;
  label: ShortcutLabel;
  /** Whether it works on every page or belongs to this one. */
  reach: 'everywhere' | 'page';
  /** What it does; null where something else hears the key and the sheet only says so. */
  press: (() => void) | null;
};

/** Cookie of a browser whose person has switched keys without a modifier off. */
const COOKIE = 'rooms-desk.keys';
/** How long the first of two keys waits for the second. */
const SECOND_WITHIN_MS = 1_500;

let shortcuts: readonly Shortcut[] = [];
const listeners = new Set<() => void>();

export const getShortcuts = () => shortcuts;

export function onShortcuts(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Makes the shortcut work until the returned function is called; of two on one key the later one does. */
export function addShortcut(shortcut: Shortcut): () => void {
  if (shortcuts.length === 0) document.addEventListener('keydown', onKey);
  change([...shortcuts, shortcut]);
  return () => {
    change(shortcuts.filter((each) => each !== shortcut));
    if (shortcuts.length === 0) document.removeEventListener('keydown', onKey);
  };
}

function change(next: readonly Shortcut[]): void {
  shortcuts = next;
  for (const tell of listeners) tell();
}

/** Whether keys without a modifier do anything here: somebody who speaks to their computer may not want them to. */
export const areKeysOn = () => !document.cookie.split('; ').includes(`${COOKIE}=off`);

export function switchKeys(on: boolean): void {
  remember(COOKIE, on ? 'on' : 'off');
  for (const tell of listeners) tell();
}

let first = { key: '', at: 0 };

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
  if (event.defaultPrevented || !isFree(event.target) || !areKeysOn()) return;
  const key = event.key.toLowerCase();
  // Shift makes "?" on one keyboard and "/" on another; with a letter it is a modifier like the others.
  if (event.shiftKey && key !== event.key.toUpperCase()) return;
  const before = event.timeStamp - first.at < SECOND_WITHIN_MS ? first.key : '';
  first = { key: '', at: 0 };
  const found = pressed(`${before} ${key}`) ?? pressed(key);
  if (found?.press) {
    event.preventDefault();
    found.press();
  } else if (shortcuts.some((each) => each.key.startsWith(`${key} `))) first = { key, at: event.timeStamp };
}

const pressed = (key: string) => shortcuts.findLast((each) => each.key === key && each.press);

const WRITES =
  'input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, select, [contenteditable]';

/** Whether a key belongs to nobody else: no text is written and no dialog waits. */
function isFree(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]')) return false;
  return !(target instanceof Element && target.closest(WRITES));
}
