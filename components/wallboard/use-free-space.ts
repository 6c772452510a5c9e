import { type RefObject, useLayoutEffect, useState } from 'react';

/** How many there is room for before anything was measured. */
const AT_FIRST = 12;

/** For how many tiles a grid has room that does not scroll; `among` where it may grow. */
export function useRoomFor(list: RefObject<HTMLElement | null>, among: number): number {
  const [room, setRoom] = useState(AT_FIRST);
  const is = among > 0;
  useLayoutEffect(() => {
    const grid = list.current;
    if (!grid || !is) return;
    const measure = () => setRoom(roomIn(grid));
    const observer = new ResizeObserver(measure);
    observer.observe(grid);
    measure();
    return () => observer.disconnect();
  }, [list, is]);
  return room;
}

function roomIn(grid: HTMLElement): number {
  const style = getComputedStyle(grid);
  if (style.overflowY !== 'hidden') return Number.POSITIVE_INFINITY;
  const columns = style.gridTemplateColumns.split(' ').length;
  const [gap, height] = [Number.parseFloat(style.rowGap), Number.parseFloat(style.gridAutoRows)];
  return columns * Math.max(1, Math.floor((grid.clientHeight + gap) / (height + gap)));
}
