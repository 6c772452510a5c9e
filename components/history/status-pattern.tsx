import type { ReactNode } from 'react';
import type { FleetState } from '#lib/domain/inventory/fleet.ts';
import { STATUS_STYLE } from './status-icon.tsx';

/**
 * What a state is filled with: its colour, and a pattern that tells it apart without. What is common is pale, trouble is
 * solid, and what nobody has looked at is bare but for its hatching.
 */
const TILE: Record<FleetState, ReactNode> = {
  idle: <Tint much />,
  casting: (
    <>
      <Tint />
      <path d="M-2 2 2-2M0 8 8 0M6 10 10 6" strokeWidth="2.5" />
    </>
  ),
  ringing: (
    <>
      <Tint />
      <circle cx="4" cy="4" r="2" fill="currentColor" stroke="none" />
    </>
  ),
  'in-meeting': (
    <>
      <Tint />
      <path d="M2 0V8M6 0V8" strokeWidth="2" />
    </>
  ),
  whiteboard: (
    <>
      <Tint />
      <path d="M0 4H8M4 0V8" strokeWidth="1.5" />
    </>
  ),
  offline: <rect width="8" height="8" fill="currentColor" stroke="none" />,
  unknown: (
    <>
      <Tint />
      <path d="M1 4H5" strokeWidth="1.5" />
    </>
  ),
  'not-observed': <path d="M-2 6 2 10M0 0 8 8M6-2 10 2" strokeWidth="1" opacity="0.6" />,
  removed: <path d="M0 2H8M0 6H8" strokeWidth="1.5" />,
};

function Tint({ much = false }: { much?: boolean }) {
  return <rect width="8" height="8" fill="currentColor" stroke="none" opacity={much ? 0.35 : 0.15} />;
}

/** The patterns of one picture; `id` keeps those of several pictures apart. */
export function StatePatterns({ id, states }: { id: string; states: readonly FleetState[] }) {
  return (
    <defs>
      {states.map((state) => (
        <pattern
          key={state}
          id={`${id}-${state}`}
          width="8"
          height="8"
          patternUnits="userSpaceOnUse"
          stroke="currentColor"
          className={STATUS_STYLE[state].colour}
        >
          {TILE[state]}
        </pattern>
      ))}
    </defs>
  );
}

/** The same pattern beside its word. `id` is that of the picture. */
export function StateSwatch({ id, state }: { id: string; state: FleetState }) {
  return (
    <svg aria-hidden="true" width="16" height="16" className={`shrink-0 ${STATUS_STYLE[state].colour}`}>
      <rect
        x="0.5"
        y="0.5"
        width="15"
        height="15"
        fill={`url(#${id}-${state})`}
        stroke="currentColor"
        strokeOpacity="0.5"
      />
    </svg>
  );
}
