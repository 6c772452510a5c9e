'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect, useMemo, useRef } from 'react';

/** What the address says is shown, and the ways to show something else without asking for the page again. */
export type View = {
  params: URLSearchParams;
  /** The address of another view of this page. */
  href: (params: URLSearchParams) => string;
  /**
   * Whether the router hears of a new address yet. A page that is just waking shows its links before that, and an
   * address that changed unheard would stay beside a list that did not.
   */
  listens: () => boolean;
  /** A step that "back" takes back: a press. */
  push: (params: URLSearchParams) => void;
  /** No step of its own: a letter typed. */
  replace: (params: URLSearchParams) => void;
};

/** The address is the view: this reads it and changes it. */
export function useView(): View {
  const path = usePathname();
  const params = useSearchParams();
  // Set with the router's own effects, in one breath: no press comes in between.
  const awake = useRef(false);
  useEffect(() => {
    awake.current = true;
  }, []);
  return useMemo(() => {
    const href = (next: URLSearchParams) => (next.size === 0 ? path : `${path}?${next}`);
    return {
      params: new URLSearchParams(params),
      href,
      listens: () => awake.current,
      push: (next) =>
        awake.current ? window.history.pushState(null, '', href(next)) : window.location.assign(href(next)),
      replace: (next) =>
        awake.current
          ? window.history.replaceState(null, '', href(next))
          : window.location.replace(href(next)),
    };
  }, [path, params]);
}
