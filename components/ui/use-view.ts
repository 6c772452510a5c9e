'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useMemo } from 'react';

/** What the address says is shown, and the ways to show something else without asking for the page again. */
export type View = {
  params: URLSearchParams;
  /** The address of another view of this page. */
  href: (params: URLSearchParams) => string;
  /** A step that "back" takes back: a press. */
  push: (params: URLSearchParams) => void;
  /** No step of its own: a letter typed. */
  replace: (params: URLSearchParams) => void;
};

/** The address is the view: this reads it and changes it. */
export function useView(): View {
  const path = usePathname();
  const params = useSearchParams();
  return useMemo(() => {
    const href = (next: URLSearchParams) => (next.size === 0 ? path : `${path}?${next}`);
    return {
      params: new URLSearchParams(params),
      href,
      push: (next) => window.history.pushState(null, '', href(next)),
      replace: (next) => window.history.replaceState(null, '', href(next)),
    };
  }, [path, params]);
}
