'use client';

import { ChevronDown, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { buttonClass } from './button.tsx';
import { useClosingDetails } from './use-closing-details.ts';

type Props = {
  label: string;
  Icon: LucideIcon;
  /** Whether the label is only heard and hovered, beside a button that says what it is about. */
  bare?: boolean;
  /** Drawn when it is open for the first time. */
  children: ReactNode;
};

/** A button with a small panel below it; Escape and a press elsewhere close it. */
export function DropPanel({ label, Icon, bare = false, children }: Props) {
  const { open, ...details } = useClosingDetails();
  return (
    <details {...details} className="md:relative">
      <summary
        className={`${buttonClass()} list-none [&::-webkit-details-marker]:hidden`}
        title={label}
        aria-label={label}
      >
        <Icon aria-hidden className="size-4" />
        {!bare && (
          <span aria-hidden className="hidden sm:inline">
            {label}
          </span>
        )}
        <ChevronDown aria-hidden className="size-3.5" />
      </summary>
      <div className="absolute inset-x-0 z-20 mt-1 rounded border border-line-strong bg-surface p-3 md:right-0 md:left-auto md:w-80">
        {open && children}
      </div>
    </details>
  );
}
