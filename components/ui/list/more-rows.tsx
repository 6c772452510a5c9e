'use client';

import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';

type Props = {
  /** The part of `useInfiniteQuery` that this turns. */
  query: {
    data: { pages: unknown[] } | undefined;
    hasNextPage: boolean;
    isFetching: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
    fetchNextPage: () => unknown;
  };
  shown: number;
  total: number;
};

/** Beyond this many rows the next ones come when asked for: a page must not grow by itself without end. */
const BY_ITSELF_UP_TO = 500;
/** How far below the edge of the window the next rows are fetched, at first and for who scrolls on. */
const AHEAD = { first: '160px', further: '800px' };

/** How much of a list is shown, and the way to the rest: a button that presses itself when it comes near. */
export function MoreRows({ query, shown, total }: Props) {
  const pages = query.data?.pages.length ?? 0;
  const t = useTranslations('list');
  const { hasNextPage, isFetching, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const edge = useRef<HTMLDivElement>(null);
  const byItself = hasNextPage && !isFetching && !isFetchNextPageError && shown < BY_ITSELF_UP_TO;
  useEffect(() => {
    if (!byItself || !edge.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && fetchNextPage(), {
      rootMargin: pages > 1 ? AHEAD.further : AHEAD.first,
    });
    observer.observe(edge.current);
    return () => observer.disconnect();
  }, [byItself, fetchNextPage, pages]);
  return (
    <div ref={edge} className="flex min-h-12 flex-wrap items-center justify-center gap-x-4 gap-y-2 py-3">
      <p className="text-quiet text-small">{t('shown', { shown, total })}</p>
      {hasNextPage && (
        <Button onClick={isFetching ? undefined : () => fetchNextPage()} aria-disabled={isFetching}>
          {isFetchingNextPage ? t('moreWaiting') : t('more')}
        </Button>
      )}
      {isFetchNextPageError && (
        <p role="alert" className="w-full text-center">
          {t('moreFailed')}
        </p>
      )}
    </div>
  );
}
