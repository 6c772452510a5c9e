import { useShortcut } from '#components/layout/use-shortcut.ts';

/** Lets `j` and `k` move the focus through the links that rows of a table are headed with; Enter opens the one in focus. */
export function useRowKeys(): void {
  useShortcut('j', 'nextRow', () => focusRow(1));
  useShortcut('k', 'previousRow', () => focusRow(-1));
}

function focusRow(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('tbody th a')];
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  const next = at === -1 ? 0 : Math.min(links.length - 1, Math.max(0, at + step));
  links[next]?.focus();
}
