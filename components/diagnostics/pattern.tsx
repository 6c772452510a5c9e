import type { CallPurpose } from '#lib/domain/budget/budget.ts';

/** What fills a piece of a picture. Told apart by pattern as well, because colours alone are not for everybody. */
export type Fill = CallPurpose | 'spent' | 'free' | 'kept';

const LOOK: Record<Fill, { tint: string; pattern: 'plain' | 'hatch' | 'dots' | 'edge' }> = {
  spent: { tint: 'opacity-100', pattern: 'plain' },
  free: { tint: 'opacity-15', pattern: 'edge' },
  kept: { tint: 'opacity-70', pattern: 'hatch' },
  'look-up': { tint: 'opacity-100', pattern: 'plain' },
  watch: { tint: 'opacity-55', pattern: 'plain' },
  sweep: { tint: 'opacity-90', pattern: 'hatch' },
  discovery: { tint: 'opacity-25', pattern: 'edge' },
  check: { tint: 'opacity-40', pattern: 'hatch' },
  retry: { tint: 'opacity-100', pattern: 'dots' },
};

/** The patterns of one picture; `id` keeps those of several pictures apart. */
export function Patterns({ id }: { id: string }) {
  const common = { width: 6, height: 6, patternUnits: 'userSpaceOnUse' };
  return (
    <defs>
      <pattern id={`${id}-hatch`} {...common} patternTransform="rotate(45)">
        <path d="M0 0V6" className="stroke-accent" strokeWidth="4" />
      </pattern>
      <pattern id={`${id}-dots`} {...common}>
        <circle cx="3" cy="3" r="1.5" className="fill-accent" />
      </pattern>
    </defs>
  );
}

type PieceProps = { id: string; fill: Fill; x: number; y: number; width: number; height: number };

/** A piece of a picture, in its pattern. */
export function Piece({ id, fill, ...box }: PieceProps) {
  const { tint, pattern } = LOOK[fill];
  const solid = pattern === 'plain' || pattern === 'edge';
  return (
    <>
      <rect
        {...box}
        className={`${tint} ${solid ? 'fill-accent' : ''}`}
        fill={solid ? undefined : `url(#${id}-${pattern})`}
      />
      {(pattern === 'edge' || pattern === 'dots') && box.width > 1 && box.height > 1 && (
        <rect
          x={box.x + 0.5}
          y={box.y + 0.5}
          width={box.width - 1}
          height={box.height - 1}
          fill="none"
          className="stroke-accent opacity-50"
        />
      )}
    </>
  );
}

/** The same pattern beside its word. */
export function Swatch({ id, fill }: { id: string; fill: Fill }) {
  return (
    <svg aria-hidden="true" width="14" height="14" className="shrink-0">
      <Piece id={id} fill={fill} x={0} y={0} width={14} height={14} />
    </svg>
  );
}
