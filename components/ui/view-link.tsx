'use client';

import type { ComponentProps, MouseEvent } from 'react';
import { isPlainPress } from './plain-press.ts';
import { useView } from './use-view.ts';

type Props = Omit<ComponentProps<'a'>, 'href'> & { to: URLSearchParams };

/** A link to another view of this page: a real address, followed without asking for the page again. */
export function ViewLink({ to, onClick, ...rest }: Props) {
  const view = useView();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    // Not heard yet, it is a link like any other.
    if (!isPlainPress(event) || !view.listens()) return;
    event.preventDefault();
    view.push(to);
  };
  return <a {...rest} href={view.href(to)} onClick={follow} />;
}
