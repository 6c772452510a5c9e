'use client';

import { ChevronDown, type LucideIcon } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { buttonClass } from './button.tsx';

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
  const box = useRef<HTMLDetailsElement>(null);
  const [open, setOpen] = useState(false);
  // Opened before the page's scripts ran, when nothing heard of it.
  useEffect(() => setOpen(box.current?.open ?? false), []);
  useEffect(() => {
    if (!open) return;
    const close = () => box.current?.removeAttribute('open');
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      close();
      box.current?.querySelector('summary')?.focus();
    };
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) close();
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onPress);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onPress);
    };
  }, [open]);
  return (
    <details ref={box} onToggle={(event) => setOpen(event.currentTarget.open)} className="md:relative">
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
