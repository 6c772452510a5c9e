import { type RefObject, useEffect, useRef, useState } from 'react';

type ClosingDetails = {
  ref: RefObject<HTMLDetailsElement | null>;
  open: boolean;
  onToggle: (event: { currentTarget: HTMLDetailsElement }) => void;
};

/** A details element that Escape, which gives the focus back to its summary, and a press elsewhere close. */
export function useClosingDetails(): ClosingDetails {
  const ref = useRef<HTMLDetailsElement>(null);
  const [open, setOpen] = useState(false);
  // It may have been opened before the page's scripts ran.
  useEffect(() => setOpen(ref.current?.open ?? false), []);
  useEffect(() => {
    if (!open) return;
    const close = () => ref.current?.removeAttribute('open');
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      close();
      ref.current?.querySelector('summary')?.focus();
    };
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && !ref.current?.contains(event.target)) close();
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onPress);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onPress);
    };
  }, [open]);
  return { ref, open, onToggle: ({ currentTarget }) => setOpen(currentTarget.open) };
}
