/** What was typed since the search was asked for; null while no keys are held. */
let held: string | null = null;

/**
 * Keeps the keys that are typed between asking for the search and its field having the focus, so that none is lost and none
 * works as a shortcut of the page. Ends with `takeHeldKeys`.
 */
export function holdKeys(): void {
  if (held === null) document.addEventListener('keydown', onKey, true);
  held = '';
}

/** Ends holding keys and returns the text that they make. */
export function takeHeldKeys(): string {
  document.removeEventListener('keydown', onKey, true);
  const text = held ?? '';
  held = null;
  return text;
}

function onKey(event: KeyboardEvent): void {
  if (held === null || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Backspace') held = held.slice(0, -1);
  else if (event.key.length === 1) held += event.key;
  else return;
  event.preventDefault();
  event.stopPropagation();
}
