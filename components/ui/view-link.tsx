'use client';

import type { ComponentProps, MouseEvent } from 'react';
import { useView } from './use-view.ts';

type Props = Omit<ComponentProps<'a'>, 'href'> & { to: URLSearchParams };

/** A link to another view of this page: a real address, followed without asking for the page again. */
export function ViewLink({ to, onClick, ...rest }: Props) {
  const view = useView();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0) return;
    // Another tab or window is the browser's business.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    // Not heard yet, it is a link like any other.
    if (!view.listens()) return;
    event.preventDefault();
    view.push(to);
  };
  return <a {...rest} href={view.href(to)} onClick={follow} />;
}
